using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Telemetry.Tests;

/// <summary>The examples and tables of docs/formats/README.md are what the code does.</summary>
public sealed partial class FormatsDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "README.md"));

    public static TheoryData<string> Examples() => [.. Example().Matches(Document).Select(match => match.Groups["json"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_read_and_written_again_byte_for_byte(string example)
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(example);
        var schema = SchemaMember().Match(example).Groups["schema"].Value;

        Assert.Empty(MessageSchema.Faults(schema, json));
        Assert.Equal(example, Encoding.UTF8.GetString(WriteAgain(schema, json)));
    }

    [Fact]
    public void There_is_an_example_of_every_schema()
    {
        // The gateway's status, the host's report, the lock file of images and the site file are no messages: the tests of those who write or read them try them by their schemas.
        var files = Directory.GetFiles(RepositoryRoot.Combine("docs", "formats"), "*.schema.json")
            .Select(Path.GetFileName).Where(file => file is not ("gateway-status-1.schema.json" or "posture-report-1.schema.json" or "images-lock-1.schema.json" or "site-1.schema.json")).Order(StringComparer.Ordinal);

        Assert.Equal(
            files,
            Examples().Select(row => SchemaMember().Match(row.Data).Groups["schema"].Value)
                .Select(schema => $"{schema["sallyport.".Length..].Replace('/', '-')}.schema.json").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_message_type_is_in_the_table_of_properties() =>
        Assert.Contains($"| `msgType` | all | {string.Join(", ", MessageType.All[..^1])} or {MessageType.All[^1]} |", Document, StringComparison.Ordinal);

    [Fact]
    public void A_name_outside_of_the_vocabulary_is_no_message_type()
    {
        Assert.False(MessageType.TryParse("event", out _));
        Assert.False(MessageType.TryParse("Telemetry", out _));
        Assert.False(MessageType.TryParse(null, out _));
        Assert.All(MessageType.All, type => Assert.True(MessageType.TryParse(type.Name, out MessageType? found) && found == type));
        Assert.Equal(["security", "posture", "audit"], MessageType.All.Where(type => type.IsAlert).Select(type => type.Name));
    }

    private static byte[] WriteAgain(string schema, ReadOnlyMemory<byte> json) => schema switch
    {
        Frame.Schema when FrameReader.TryRead(json.Span, out Frame? frame) => FrameJson.Encode(frame),
        DeviceStatus.Schema when DeviceStatusJson.TryRead(json.Span, out DeviceStatus? status) => DeviceStatusJson.Encode(status),
        DeviceMetadata.Schema when DeviceMetadataJson.TryRead(json.Span, out DeviceMetadata? metadata) => DeviceMetadataJson.Encode(metadata),
        SecurityEvent.Schema when SecurityEventJson.TryRead(json.Span, out SecurityEvent? raised) => SecurityEventJson.Encode(raised),
        GapRecord.Schema when GapRecordJson.TryRead(json.Span, out GapRecord? gap) => GapRecordJson.Encode(gap),
        ControlMessage.Schema when ControlMessageJson.TryRead(json.Span, out ControlMessage? control) => ControlMessageJson.Encode(control),
        BatchBody.Schema when BatchBody.TrySplit(json, out var records) => BatchBody.Join(records),

        // Written by SecureBuffer alone, whose tests hold it against the schema.
        "sallyport.announce/1" => JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(json.Span)),
        _ => [],
    };

    [GeneratedRegex("^```json\n(?<json>.*)\n```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    [GeneratedRegex("^\\{\"schema\":\"(?<schema>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaMember();
}
