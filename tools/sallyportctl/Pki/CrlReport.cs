using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Pki;

/// <summary>A list that was signed.</summary>
internal sealed class CrlReport(string target, long number, int revoked, DateTimeOffset next, Uri? address) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{target}: list {number}, {revoked} revoked; the next one is due before {CertificateWords.Moment(next)}."));
        if (address is not null)
        {
            screen.Line($"Serve it at {address}");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("list", target);
        json.WriteNumber("number", number);
        json.WriteNumber("revoked", revoked);
        json.WriteString("nextUpdate", next);
        json.WriteString("address", address?.AbsoluteUri);
    }
}
