using System.Text.Json;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>What a call of <c>decommission</c> wants.</summary>
internal abstract record DecommissionRequest
{
    private const int MostBytes = 4096;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    private DecommissionRequest()
    {
    }

    /// <summary>Reads a payload: nothing, <c>{}</c> or <c>{"step":"challenge"}</c> asks; <c>{"challenge":"…","confirm":"…"}</c> confirms.</summary>
    public static DecommissionRequest Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || payload.SequenceEqual("null"u8))
        {
            return new Asks();
        }

        try
        {
            return payload.Length <= MostBytes ? Read(JsonElement.Parse(payload, Options)) : new Malformed();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: an escape such as \ud800 is legal JSON but not text.
            return new Malformed();
        }
    }

    private static DecommissionRequest Read(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
        {
            return new Malformed();
        }

        var members = payload.EnumerateObject().ToDictionary(member => member.Name, member => TextOf(member.Value), StringComparer.Ordinal);
        return members.Count switch
        {
            0 => new Asks(),
            1 when members.GetValueOrDefault("step") is "challenge" => new Asks(),
            2 when members.GetValueOrDefault("challenge") is { } challenge && members.GetValueOrDefault("confirm") is { } confirm => new Confirms(challenge, confirm),
            _ => new Malformed(),
        };
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The first step: what would be lost, and how to confirm.</summary>
    internal sealed record Asks : DecommissionRequest;

    /// <summary>The second step.</summary>
    /// <param name="Challenge">What the first step gave.</param>
    /// <param name="Name">The gateway that is meant: <c>device/module</c>.</param>
    internal sealed record Confirms(string Challenge, string Name) : DecommissionRequest;

    /// <summary>Neither.</summary>
    internal sealed record Malformed : DecommissionRequest;
}
