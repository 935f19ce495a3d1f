using System.Net;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>Whether a browser asks for this page, or for a name of somebody else that was made to lead here (DNS rebinding). An address cannot be made to lead elsewhere.</summary>
internal static class PageHost
{
    public static bool IsOurs(string host, StatusPagePlan plan)
    {
        ReadOnlySpan<char> name = WithoutPort(host);
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name, out _))
        {
            return true;
        }

        foreach (var known in plan.HostNames)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host.AsSpan(0, colon);
    }
}
