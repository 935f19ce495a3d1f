using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Pki;

/// <summary>What was signed.</summary>
internal sealed class IssueReport(string target, X509Certificate2 certificate) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{target}: signed.", Color.Green);
        screen.Table(CertificateWords.Table("", [certificate]));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", target);
        CertificateWords.Write(json, certificate);
    }
}
