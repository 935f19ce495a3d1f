using System.Globalization;
using System.Net;
using System.Numerics;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>The main table of routes, from proc(5).</summary>
internal static class RouteGatherer
{
    // include/uapi/linux/route.h
    private const int Up = 0x1;
    private const int Reject = 0x200;

    public static Section<RouteFacts> Gather(HostView host)
    {
        if (!host.Exists("/proc/net/route") || !host.Exists("/proc/net/dev"))
        {
            return Section.Unknown<RouteFacts>("/proc/net/route is not there.");
        }

        string[] interfaces = [.. host.Lines("/proc/net/dev").Where(line => line.Contains(':', StringComparison.Ordinal) && !line.Contains('|', StringComparison.Ordinal)).Select(line => line.Split(':')[0])];
        IEnumerable<HostRoute?> routes = [.. host.Lines("/proc/net/route").Skip(1).Select(Read4), .. host.Lines("/proc/net/ipv6_route").Select(Read6)];
        return Section.Found(new RouteFacts([.. interfaces], [.. routes.OfType<HostRoute>().Where(route => route.Interface is not "lo")]));
    }

    private static HostRoute? Read4(string line)
    {
        string[] row = line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (row.Length < 8
            || !TryHex(row[1], out uint destination) || !TryHex(row[2], out uint gateway) || !TryHex(row[3], out uint flags) || !TryHex(row[7], out uint mask)
            || !IsUsed(flags))
        {
            return null;
        }

        return new HostRoute(
            row[0],
            string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(destination)}/{BitOperations.PopCount(mask)}"),
            gateway is 0 ? null : new IPAddress(gateway).ToString());
    }

    private static HostRoute? Read6(string line)
    {
        string[] row = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (row.Length < 10 || !TryHex(row[1], out uint length) || !TryHex(row[8], out uint flags) || !IsUsed(flags) || row[0].Length is not 32 || row[4].Length is not 32)
        {
            return null;
        }

        var destination = new IPAddress(Convert.FromHexString(row[0]));
        var gateway = new IPAddress(Convert.FromHexString(row[4]));
        return destination.IsIPv6Multicast || destination.IsIPv6LinkLocal
            ? null
            : new HostRoute(row[9], string.Create(CultureInfo.InvariantCulture, $"{destination}/{length}"), gateway.Equals(IPAddress.IPv6Any) ? null : gateway.ToString());
    }

    private static bool IsUsed(uint flags) => (flags & Up) is not 0 && (flags & Reject) is 0;

    private static bool TryHex(string text, out uint value) => uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
