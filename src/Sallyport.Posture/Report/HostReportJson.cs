using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Posture.Report;

/// <summary>A report as JSON; docs/formats/posture-report-1.schema.json.</summary>
public static class HostReportJson
{
    /// <summary>The largest report that is read.</summary>
    public const int MaxSizeInBytes = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Encodes a report, for people to read as well.</summary>
    public static byte[] Encode(HostReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            JsonSerializer.Serialize(writer, report, HostReportContext.Default.HostReport);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one report. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out HostReport? report)
    {
        report = null;
        if (json.Length > MaxSizeInBytes)
        {
            return false;
        }

        try
        {
            report = HasNull(json) ? null : JsonSerializer.Deserialize(json, HostReportContext.Default.HostReport);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or NotSupportedException or FormatException)
        {
            return false;
        }

        report = report is not null && IsSound(report) ? report : null;
        return report is not null;
    }

    // A null in a list would pass the serialiser, which looks at members alone.
    private static bool HasNull(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.Null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSound(HostReport report) =>
        string.Equals(report.Schema, HostReport.SchemaName, StringComparison.Ordinal)
        && report is
        {
            Ssh.IsSound: true, Accounts.IsSound: true, Firewall.IsSound: true, Sockets.IsSound: true, Containers.IsSound: true, Volumes.IsSound: true,
            Kernel.IsSound: true, Clock.IsSound: true, Routes.IsSound: true, Secrets.IsSound: true, Runtime.IsSound: true, Storage.IsSound: true,
            Updates.IsSound: true,
        }
        && report.Configuration is null or { IsSound: true };
}
