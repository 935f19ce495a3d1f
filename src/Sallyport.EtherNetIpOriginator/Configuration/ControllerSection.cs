using System.Globalization;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Hosting.Configuration;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>Reads <c>/controllers</c>: name → where it is, what it must be (<see cref="KeyingKeys"/>) and how it wants to be treated.</summary>
internal static class ControllerSection
{
    public const string Key = "controllers";

    // An ordered stop waits for the request in flight, and has 25 s for everything.
    private const int MaxTimeoutMs = 10_000;
    private const int MinTimeoutMs = 10;
    private const int MaxPauseMs = 10_000;
    private const int MaxControllers = 256;
    private const int MaxHostLength = 253;
    private const int MaxPathLength = 300;
    private const int MaxConnections = 4;
    private const int MinConnectionSize = 128;
    private const int MaxConnectionSize = 4002;
    private const int DefaultPort = 44_818;
    private const int DefaultTimeoutMs = 2000;
    private const int DefaultConnectTimeoutMs = 5000;
    private const int DefaultConnectionSize = 4000;

    private static readonly string[] OfConnections = ["connections", "connectionSize"];

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["host", "port", "path", "family", .. KeyingKeys.All, "timeoutMs", "connectTimeoutMs", .. OfConnections, "unconnected", "instanceNumbers", "requestPauseMs"];

    /// <summary>Every name that is there, with its plan, or with null if that was refused.</summary>
    public static Dictionary<string, ControllerPlan?> Read(DesiredReader section)
    {
        var controllers = new Dictionary<string, ControllerPlan?>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.NamedEntries(MaxControllers))
        {
            controllers.Add(entry.Name, ReadOne(entry, owners));
        }

        return controllers;
    }

    private static ControllerPlan? ReadOne(DesiredReader entry, Dictionary<string, string> owners)
    {
        if (!entry.IsObjectOf([.. Keys]))
        {
            return null;
        }

        bool isGood = TryHost(entry["host"], out string? host)
            & entry["port"].TryInteger(1, ushort.MaxValue, DefaultPort, out int port)
            & entry["family"].TryChoice(Vocabulary.Families, ControllerFamily.Auto, out ControllerFamily family)
            & TryRoute(entry["path"], family, out RoutePath route)
            & KeyingKeys.TryRead(entry, out ElectronicKey key)
            & TryTime(entry["timeoutMs"], MinTimeoutMs, MaxTimeoutMs, DefaultTimeoutMs, out TimeSpan timeout)
            & TryTime(entry["connectTimeoutMs"], MinTimeoutMs, MaxTimeoutMs, DefaultConnectTimeoutMs, out TimeSpan connectTimeout)
            & entry["connections"].TryInteger(1, MaxConnections, 1, out int connections)
            & entry["connectionSize"].TryInteger(MinConnectionSize, MaxConnectionSize, DefaultConnectionSize, out int connectionSize)
            & TryUnconnected(entry, out bool isUnconnected)
            & entry["instanceNumbers"].TryFlag(absent: false, out bool usesInstanceNumbers)
            & TryTime(entry["requestPauseMs"], 0, MaxPauseMs, 0, out TimeSpan requestPause);
        return isGood && IsAlone(entry, host!, port, route, owners)
            ? new ControllerPlan(entry.Name, host!, port, route)
            {
                Key = key,
                Family = family,
                Timeout = timeout,
                ConnectTimeout = connectTimeout,
                Connections = connections,
                ConnectionSize = (ushort)connectionSize,
                Unconnected = isUnconnected,
                UsesInstanceNumbers = usesInstanceNumbers,
                RequestPause = requestPause,
            }
            : null;
    }

    private static bool TryHost(DesiredReader entry, out string? host)
    {
        bool isGood = entry.TryText(MaxHostLength, out host);
        if (isGood && Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
        {
            entry.Refuse("It is neither a host name nor an IP address; the port has a key of its own, and the way behind the host is its path.");
            isGood = false;
        }

        host = host?.ToLowerInvariant();
        return isGood;
    }

    private static bool TryRoute(DesiredReader entry, ControllerFamily family, out RoutePath route)
    {
        route = RoutePath.None;
        if (!entry.Exists)
        {
            return true;
        }

        if (family is ControllerFamily.Micro800)
        {
            entry.Refuse("A Micro800 has no backplane to route over and refuses a path: leave it out.");
            return false;
        }

        if (!entry.TryText(MaxPathLength, out string? text))
        {
            return false;
        }

        RouteOutcome outcome = RoutePath.Parse(text);
        if (outcome is RouteOutcome.Refused refused)
        {
            entry.Refuse(string.Create(CultureInfo.InvariantCulture, $"Part {refused.Part + 1} of \"{text}\": {refused.Reason}."));
            return false;
        }

        route = ((RouteOutcome.Parsed)outcome).Route;
        return true;
    }

    private static bool TryUnconnected(DesiredReader entry, out bool isUnconnected)
    {
        bool isGood = entry["unconnected"].TryFlag(absent: false, out isUnconnected);
        foreach (string key in OfConnections)
        {
            if (isUnconnected && entry[key].Exists)
            {
                entry[key].Refuse("With unconnected there are no connections: leave this out.");
                isGood = false;
            }
        }

        return isGood;
    }

    private static bool IsAlone(DesiredReader entry, string host, int port, RoutePath route, Dictionary<string, string> owners)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}/{route.Text}");
        if (owners.TryAdd(place, entry.Name))
        {
            return true;
        }

        entry["host"].Refuse($"Controller {owners[place]} is the same one already: same host, port and path. Put all its tags there.");
        return false;
    }

    private static bool TryTime(DesiredReader entry, int min, int max, int absent, out TimeSpan time)
    {
        bool isGood = entry.TryInteger(min, max, absent, out int milliseconds);
        time = TimeSpan.FromMilliseconds(milliseconds);
        return isGood;
    }
}
