using System.Text.RegularExpressions;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The MQTT user name: <c>scope/registrations/id/api-version=…</c>, without a question mark.</summary>
internal static partial class ProvisioningUserName
{
    private const int MatchTimeout = 1000;

    /// <summary>Reads a user name; null if it is none.</summary>
    public static (string IdScope, string RegistrationId)? TryParse(string text) =>
        Form().Match(text) is { Success: true } match ? (match.Groups["scope"].Value, match.Groups["id"].Value) : null;

    [GeneratedRegex(@"^(?<scope>[^/]+)/registrations/(?<id>[^/]+)/api-version=\d{4}-\d\d-\d\d", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Form();
}
