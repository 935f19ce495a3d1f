using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Identity.Issuing;
using Spectre.Console;

namespace Sallyport.Ctl.Pki;

/// <summary>What was revoked, and what is left to do: a list stops nobody who does not read lists.</summary>
internal sealed class RevokeReport(RegisteredCertificate revoked, CrlReport list) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{revoked.Serial} of {revoked.Subject}: revoked ({revoked.Reason}).", Color.Green);
        list.Show(screen);
        if (string.Equals(revoked.Profile, CertificateProfile.Device.Name, StringComparison.Ordinal))
        {
            screen.Line("IoT Hub and DPS read no revocation list. Disable the device in IoT Hub and its enrolment in DPS too, and take the key slot of its ring away.");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("serial", revoked.Serial);
        json.WriteString("subject", revoked.Subject);
        json.WriteString("reason", revoked.Reason);
        list.Write(json);
    }
}
