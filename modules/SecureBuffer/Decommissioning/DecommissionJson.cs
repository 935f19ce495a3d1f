using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.SealedRing.Destruction;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>The report as JSON: in the answer of the method, in <c>getStatus</c> and in the marker.</summary>
internal static class DecommissionJson
{
    private const string Schema = "sallyport.decommissioned/1";

    /// <summary>It is never put into HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Encode(DecommissionReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            WriteMembers(json, report);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteMembers(Utf8JsonWriter json, DecommissionReport report)
    {
        json.WriteString("state", report.IsComplete ? "decommissioned" : "wiping");
        json.WriteString("deviceId", report.DeviceId);
        json.WriteString("moduleId", report.ModuleId);
        WriteRings(json, report.Rings);
        json.WriteStartArray("wipes");
        foreach ((string ring, WipeReport wipe) in report.Wipes)
        {
            json.WriteStartObject();
            json.WriteString("ring", ring);
            json.WriteString("buffer", $"{wipe.Buffer:x32}");
            json.WriteNumber("lastSeq", wipe.LastSeq);
            json.WriteNumber("unsentRecords", wipe.UnsentRecords);
            json.WriteNumber("bytes", wipe.Bytes);
            json.WriteBoolean("resumed", wipe.WasResumed);
            json.WriteString("time", wipe.Time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("method", WipeReport.Method);
        json.WriteStartArray("faults");
        foreach (string fault in report.Faults)
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
    }

    public static void WriteRings(Utf8JsonWriter json, ImmutableArray<RingAtEnd> rings)
    {
        json.WriteStartArray("buffers");
        foreach (RingAtEnd ring in rings)
        {
            json.WriteStartObject();
            json.WriteString("lane", ring.Lane);
            json.WriteString("buffer", ring.Buffer);
            json.WriteNumber("records", ring.Records);
            json.WriteNumber("lastSeq", ring.LastSeq);
            json.WriteNumber("bytes", ring.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DecommissionReport? report)
    {
        report = null;
        try
        {
            JsonElement root = JsonElement.Parse(bytes);
            report = root.GetProperty("schema").GetString() is Schema && root.GetProperty("state").GetString() is "wiping" or "decommissioned"
                ? new DecommissionReport(
                    root.GetProperty("deviceId").GetString()!,
                    root.GetProperty("moduleId").GetString()!,
                    [.. root.GetProperty("buffers").EnumerateArray().Select(ReadRing)],
                    [.. root.GetProperty("wipes").EnumerateArray().Select(ReadWipe)],
                    [.. root.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()!)],
                    root.GetProperty("state").GetString() is "decommissioned")
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Damaged, or written by somebody else: what is closed stays closed all the same.
        }

        return report is not null;
    }

    private static RingAtEnd ReadRing(JsonElement ring) => new(
        ring.GetProperty("lane").GetString()!,
        ring.GetProperty("buffer").GetString()!,
        ring.GetProperty("records").GetInt64(),
        ring.GetProperty("lastSeq").GetInt64(),
        ring.GetProperty("bytes").GetInt64());

    private static FileWipe ReadWipe(JsonElement wipe) => new(wipe.GetProperty("ring").GetString()!, new WipeReport(
        UInt128.Parse(wipe.GetProperty("buffer").GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        wipe.GetProperty("lastSeq").GetInt64(),
        wipe.GetProperty("unsentRecords").GetInt64(),
        wipe.GetProperty("bytes").GetInt64(),
        wipe.GetProperty("resumed").GetBoolean(),
        wipe.GetProperty("time").GetDateTimeOffset()));
}
