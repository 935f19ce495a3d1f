using System.Collections.Frozen;

namespace Sallyport.Telemetry;

/// <summary>One message as edgeHub and IoT Hub carry it: a JSON body and the properties that routes look at.</summary>
/// <remarks>Immutable. A resend uses the same object, so the same <see cref="MessageId"/>: that is what receivers deduplicate by.</remarks>
public sealed record HubMessage
{
    /// <summary>Stable and unique, 1 to 128 characters. System property <c>$.mid</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>UTF-8 JSON, one object at the root, so that IoT Hub can route on the body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When the content came into being, or null to leave <c>$.ctime</c> out.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Application properties: names unique ignoring case, as IoT Hub compares them.</summary>
    public FrozenDictionary<string, string> Properties { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Content type, always this one. System property <c>$.ct</c>.</summary>
    public const string ContentType = "application/json";

    /// <summary>Content encoding, always this one. System property <c>$.ce</c>.</summary>
    public const string ContentEncoding = "utf-8";

    /// <summary>The largest body plus properties that is sent, in bytes: 256 KiB less room for what edgeHub adds.</summary>
    public const int MaxSizeInBytes = 255_000;
}
