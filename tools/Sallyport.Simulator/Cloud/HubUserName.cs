using System.Diagnostics.CodeAnalysis;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>The MQTT user name, which carries the identity: <c>host/device[/module]/?api-version=…</c>.</summary>
internal static class HubUserName
{
    /// <summary>Reads a user name. The host is not looked at: clients of edgeHub put either host there.</summary>
    /// <returns>False if it is none, or says no api-version.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out HubIdentity? identity)
    {
        identity = null;
        int query = text.IndexOf("/?", StringComparison.Ordinal);
        string parameters = query >= 0 ? text[(query + 2)..] : text[(text.LastIndexOf('/') + 1)..];
        string[] parts = (query >= 0 ? text[..query] : text[..int.Max(0, text.LastIndexOf('/'))]).Split('/');
        bool isComplete = parts.Length is 2 or 3
            && parts.All(part => part.Length > 0)
            && parameters.Contains("api-version=", StringComparison.Ordinal);
        if (isComplete)
        {
            identity = new HubIdentity(parts[1], parts.Length == 3 ? parts[2] : string.Empty);
        }

        return isComplete;
    }
}
