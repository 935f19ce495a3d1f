using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Pki;

/// <summary>An authority's register.</summary>
internal sealed class RegisterReport(AuthorityFolder folder, DateTimeOffset now) : IReport
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen) => screen.Table(new ReportTable(
        $"{folder.Path}: {folder.Record.Profile}, last list {folder.Record.RevocationListNumber.ToString(CultureInfo.InvariantCulture)}",
        ["Subject", "Profile", "Serial number", "Valid until", ">Days left", "State"],
        [.. folder.Record.Certificates.Select(Row)]));

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("authority", folder.Path);
        json.WriteString("profile", folder.Record.Profile);
        json.WriteNumber("listNumber", folder.Record.RevocationListNumber);
        json.WriteStartArray("certificates");
        foreach (RegisteredCertificate one in folder.Record.Certificates)
        {
            json.WriteStartObject();
            json.WriteString("subject", one.Subject);
            json.WriteString("profile", one.Profile);
            json.WriteString("serial", one.Serial);
            json.WriteString("notAfter", one.NotAfter);
            json.WriteString("state", StateOf(one));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private ImmutableArray<string> Row(RegisteredCertificate one) =>
    [
        one.Subject, one.Profile, one.Serial, CertificateWords.Day(one.NotAfter.UtcDateTime),
        Math.Floor((one.NotAfter - now).TotalDays).ToString(CultureInfo.InvariantCulture), StateOf(one),
    ];

    private string StateOf(RegisteredCertificate one) =>
        one.Revoked is { } since ? $"revoked {CertificateWords.Day(since.UtcDateTime)}, {one.Reason}"
        : one.NotAfter <= now ? "expired"
        : one.NotAfter - now <= Soon ? "ends soon"
        : "good";
}
