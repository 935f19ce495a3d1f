using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;
using Sallyport.Telemetry;
using Xunit;

namespace Sallyport.TestKit;

/// <summary>Judges messages by docs/formats: the body by the JSON Schema that its <c>schema</c> property names, the properties by the rules of its README.</summary>
public static partial class MessageSchema
{
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> Schemas = new(StringComparer.Ordinal);

    /// <summary>Fails the test with all faults unless the message is as documented; a batch with all its records.</summary>
    public static void Validate(HubMessage message)
    {
        ImmutableArray<string> faults = Faults(message);
        Assert.True(faults.IsEmpty, $"{string.Join('\n', faults)}\nin {Encoding.UTF8.GetString(message.Body.Span)}");
    }

    /// <summary>What is wrong with a message; empty if nothing is.</summary>
    public static ImmutableArray<string> Faults(HubMessage message)
    {
        ImmutableArray<string>.Builder faults = ImmutableArray.CreateBuilder<string>();
        if (!MessageType.TryParse(message.Properties.GetValueOrDefault(MessageProperties.MessageType), out _))
        {
            faults.Add("msgType is not in the vocabulary");
        }

        if (message.MessageId.Length is < 1 or > 128)
        {
            faults.Add($"message id has {message.MessageId.Length} characters, not 1 to 128");
        }

        if (message.Body.Length + message.Properties.Sum(property => property.Key.Length + property.Value.Length) > HubMessage.MaxSizeInBytes)
        {
            faults.Add($"larger than {HubMessage.MaxSizeInBytes} bytes");
        }

        var schema = message.Properties.GetValueOrDefault(MessageProperties.Schema, "");
        faults.AddRange(Faults(schema, message.Body));
        return faults.ToImmutable();
    }

    /// <summary>What is wrong with a body of this schema (<c>sallyport.frame/1</c>), records of a batch included.</summary>
    public static ImmutableArray<string> Faults(string schema, ReadOnlyMemory<byte> body)
    {
        if (SchemaName().Match(schema) is not { Success: true } name)
        {
            return [$"'{schema}' is not the name of a schema"];
        }

        var file = RepositoryRoot.Combine("docs", "formats", $"{name.Groups["noun"].Value}-{name.Groups["major"].Value}.schema.json");
        if (!File.Exists(file))
        {
            return [$"{file} does not exist"];
        }

        JsonSchema judge = Schemas.GetOrAdd(file, path => new(() => Load(path))).Value;
        ImmutableArray<string> faults = [.. Judge(judge, body)];
        return string.Equals(schema, BatchBody.Schema, StringComparison.Ordinal) ? [.. faults, .. RecordFaults(body)] : faults;
    }

    private static IEnumerable<string> Judge(JsonSchema judge, ReadOnlyMemory<byte> body)
    {
        try
        {
            return [.. judge.Validate(Encoding.UTF8.GetString(body.Span)).Select(Describe)];
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            return [$"not JSON: {e.Message}"];
        }
    }

    private static string Describe(ValidationError error) => $"{error.Path}: {error.Kind}";

    private static IEnumerable<string> RecordFaults(ReadOnlyMemory<byte> body)
    {
        if (!BatchBody.TrySplit(body, out ImmutableArray<ReadOnlyMemory<byte>> records))
        {
            return ["not the deterministic join of its records"];
        }

        return records.SelectMany((record, at) => Faults(SchemaOf(record), record).Select(fault => $"frames[{at}]: {fault}"));
    }

    private static string SchemaOf(ReadOnlyMemory<byte> record)
    {
        using var document = System.Text.Json.JsonDocument.Parse(record);
        return document.RootElement.TryGetProperty("schema", out System.Text.Json.JsonElement schema) ? schema.ToString() : "";
    }

    // Waiting is safe: nothing here captures a context, and the schemas refer to no other files.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "VSTHRD002", Justification = "NJsonSchema loads asynchronously only.")]
    private static JsonSchema Load(string path) => JsonSchema.FromJsonAsync(File.ReadAllText(path)).GetAwaiter().GetResult();

    [GeneratedRegex("^sallyport\\.(?<noun>[a-z]+(-[a-z]+)*)/(?<major>[1-9])$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaName();
}
