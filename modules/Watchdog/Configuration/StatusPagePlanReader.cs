using System.Collections.Immutable;
using System.Net;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>statusPage</c> of the desired properties.</summary>
internal static class StatusPagePlanReader
{
    private const int HighestPort = 65535;
    private const int MostNames = 8;
    private const int LongestName = 253;

    public static StatusPagePlan Read(DesiredReader section)
    {
        StatusPagePlan plan = StatusPagePlan.Default;
        if (!section.Exists || !section.IsObjectOf("enabled", "address", "port", "hostNames"))
        {
            return plan;
        }

        _ = section["enabled"].TryFlag(plan.IsEnabled, out var isEnabled);
        _ = section["port"].TryInteger(1, HighestPort, plan.Port, out var port);
        return new StatusPagePlan
        {
            IsEnabled = isEnabled,
            Address = ReadAddress(section["address"]),
            Port = port,
            HostNames = ReadNames(section["hostNames"]),
        };
    }

    private static string ReadAddress(DesiredReader place)
    {
        if (!place.Exists || !place.TryText(LongestName, out var address))
        {
            return StatusPagePlan.Default.Address;
        }

        if (address is "*" || IPAddress.TryParse(address, out _))
        {
            return address;
        }

        place.Refuse("It is neither an IP address of this machine nor * for all of them.");
        return StatusPagePlan.Default.Address;
    }

    private static ImmutableArray<string> ReadNames(DesiredReader place)
    {
        if (!place.Exists)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (DesiredReader item in place.Items(MostNames))
        {
            if (!item.TryText(LongestName, out var name))
            {
                continue;
            }

            if (Uri.CheckHostName(name) is UriHostNameType.Dns)
            {
                names.Add(name);
            }
            else
            {
                item.Refuse("It is not the name of a host, without port; addresses need not stand here.");
            }
        }

        return names.ToImmutable();
    }
}
