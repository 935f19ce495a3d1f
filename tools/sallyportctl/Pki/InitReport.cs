using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Pki;

/// <summary>What was made, and what to do next.</summary>
internal sealed class InitReport(string folder, X509Certificate2[] certificates) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{folder}: a root and an issuing authority.", Color.Green);
        screen.Table(CertificateWords.Table("", certificates));
        screen.Line("Next:");
        screen.Line($"1. Take {Path.Combine(folder, "root")} off this machine, to two places that burn separately. It is needed every 180 days for its list, and for a new issuing authority.");
        screen.Line($"2. Give {Path.Combine(folder, "root", "certificate.pem")} to every gateway and server as their trust anchor.");
        screen.Line($"3. Sign the first lists: {Screen.Program} pki crl {Path.Combine(folder, "root")} --out root.crl, and the same for issuing, and serve them.");
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("folder", folder);
        json.WriteStartArray("certificates");
        foreach (X509Certificate2 one in certificates)
        {
            json.WriteStartObject();
            CertificateWords.Write(json, one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
