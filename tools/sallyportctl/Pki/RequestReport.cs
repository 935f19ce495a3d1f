using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Identity.Issuing;
using Spectre.Console;

namespace Sallyport.Ctl.Pki;

/// <summary>What was made, and who signs it.</summary>
internal sealed class RequestReport(string request, string? key, IssueOrder order) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{request}: a request for '{order.CommonName}', profile {order.Profile}.", Color.Green);
        if (key is not null)
        {
            screen.Line($"{key}: its private key. It leaves this machine only if the server is another one.");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("request", request);
        json.WriteString("key", key);
        json.WriteString("name", order.CommonName);
        json.WriteString("profile", order.Profile.Name);
    }
}
