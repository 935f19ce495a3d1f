using System.Text.Json;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Reads a record by the schema that it names.</summary>
internal static class RecordReader
{
    /// <summary>The record, or null when it is not exactly what its schema says.</summary>
    public static PageRecord? Read(ReadOnlySpan<byte> json) => SchemaOf(json) switch
    {
        Frame.Schema => FrameReader.TryRead(json, out var frame) ? new PageRecord.OfFrame(frame) : null,
        GapRecord.Schema => GapRecordJson.TryRead(json, out var gap) ? new PageRecord.OfGap(gap) : null,
        DeviceStatus.Schema => DeviceStatusJson.TryRead(json, out _) ? new PageRecord.OfOther(DeviceStatus.Schema) : null,
        DeviceMetadata.Schema => DeviceMetadataJson.TryRead(json, out _) ? new PageRecord.OfOther(DeviceMetadata.Schema) : null,
        SecurityEvent.Schema => SecurityEventJson.TryRead(json, out _) ? new PageRecord.OfOther(SecurityEvent.Schema) : null,
        "sallyport.announce/1" => new PageRecord.OfOther("sallyport.announce/1"),
        _ => null,
    };

    private static string? SchemaOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject
                && reader.Read() && reader.ValueTextEquals("schema"u8)
                && reader.Read() && reader.TokenType is JsonTokenType.String
                    ? reader.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
