using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Security.KeyVault.Certificates;
using Sallyport.Ctl.Pki.Inspect;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary>A certificate in a vault.</summary>
/// <param name="found">As the vault has it.</param>
/// <param name="pending">The state of a request for it; null for none.</param>
/// <param name="now">For the days that are left.</param>
internal sealed class VaultReport(KeyVaultCertificateWithPolicy found, string? pending, DateTimeOffset now) : IReport
{
    private bool IsCertified => found.Cer is { Length: > 0 };

    private bool IsExportable => found.Policy?.Exportable is not false;

    private bool IsEnabled => found.Properties.Enabled is not false;

    /// <inheritdoc/>
    public ExitCode ExitCode => IsCertified && IsEnabled && !IsExportable ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(
            $"{found.Id}: {(!IsCertified ? "waits for its certificate" : IsEnabled ? "in use" : "disabled")}.",
            ExitCode is ExitCode.Good ? Color.Green : Color.Red);
        if (IsExportable)
        {
            screen.Line("Its key can be exported. Make a new one with \"pki vault request\", whose key cannot.");
        }

        screen.Table(new ReportTable(
            "",
            ["Field", "Value"],
            [
                ["Key type", found.Policy?.KeyType?.ToString() ?? "-"],
                ["Key can be exported", IsExportable ? "yes" : "no"],
                ["Issuer in the vault", found.Policy?.IssuerName ?? "-"],
                ["Version", found.Properties.Version ?? "-"],
                ["Request", pending ?? "-"],
            ]));
        if (IsCertified)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(found.Cer);
            screen.Line("");
            screen.Table(CertificateText.Table("Certificate", certificate, now));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("id", found.Id.AbsoluteUri);
        json.WriteString("version", found.Properties.Version);
        json.WriteBoolean("isEnabled", IsEnabled);
        json.WriteBoolean("isExportable", IsExportable);
        json.WriteString("keyType", found.Policy?.KeyType?.ToString());
        json.WriteString("request", pending);
        if (IsCertified)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(found.Cer);
            CertificateWords.Write(json, certificate);
        }
    }
}
