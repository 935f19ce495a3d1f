using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/connections</c>: name → endpoint and how it wants to be treated.</summary>
internal static class ConnectionSection
{
    public const string Key = "connections";

    private const int MaxConnections = 256;
    private const int MaxEndpointLength = 300;
    private const int DefaultTimeoutMs = 1000;
    private const int DefaultConnectTimeoutMs = 3000;
    // An ordered stop waits for the request in flight, and has 25 s for everything.
    private const int MaxTimeoutMs = 10_000;
    private const int MinTimeoutMs = 10;
    private const int MaxPauseMs = 10_000;
    private const int MaxDepth = 16;
    private const int MaxIdleMs = 3_600_000;
    private const int MaxReconnectMs = 60_000;

    private static readonly string[] Keys =
    [
        "endpoint", "timeoutMs", "connectTimeoutMs", "depth", "requestPauseMs", "connectPauseMs", "idleCloseMs", "reconnectPauseMs",
        "closeOnTimeout", "ignoreTransactionId", "acceptUnit0Or255", "drainMs", "tls",
    ];

    /// <summary>Every name that is there, with its plan, or with null if that was refused.</summary>
    public static Dictionary<string, ConnectionPlan?> Read(DesiredReader section)
    {
        var connections = new Dictionary<string, ConnectionPlan?>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.NamedEntries(MaxConnections))
        {
            connections.Add(entry.Name, ReadOne(entry, owners));
        }

        return connections;
    }

    private static ConnectionPlan? ReadOne(DesiredReader entry, Dictionary<string, string> owners)
    {
        if (!entry.IsObjectOf(Keys))
        {
            return null;
        }

        bool isGood = TryEndpoint(entry["endpoint"], entry.Name, owners, out ModbusEndpoint? endpoint)
            & TryTime(entry["timeoutMs"], MinTimeoutMs, MaxTimeoutMs, DefaultTimeoutMs, out TimeSpan timeout)
            & TryTime(entry["connectTimeoutMs"], MinTimeoutMs, MaxTimeoutMs, DefaultConnectTimeoutMs, out TimeSpan connectTimeout)
            & TryTime(entry["requestPauseMs"], 0, MaxPauseMs, 0, out TimeSpan requestPause)
            & TryTime(entry["connectPauseMs"], 0, MaxPauseMs, 0, out TimeSpan connectPause)
            & TryTime(entry["idleCloseMs"], 0, MaxIdleMs, 0, out TimeSpan idleClose)
            & TryTime(entry["reconnectPauseMs"], 0, MaxReconnectMs, 0, out TimeSpan reconnectPause)
            & entry["depth"].TryInteger(1, MaxDepth, 1, out int depth)
            & entry["closeOnTimeout"].TryFlag(absent: false, out bool closesOnTimeout)
            & entry["ignoreTransactionId"].TryFlag(absent: false, out bool ignoresTransactionId)
            & entry["acceptUnit0Or255"].TryFlag(absent: false, out bool acceptsUnit0Or255)
            & TryTime(entry["drainMs"], (int)timeout.TotalMilliseconds, MaxPauseMs, (int)timeout.TotalMilliseconds, out TimeSpan drain)
            & TlsSection.TryRead(entry["tls"], endpoint, out TlsPlan? tls);
        if (!isGood)
        {
            return null;
        }

        var plan = new ConnectionPlan(entry.Name, endpoint!, timeout, connectTimeout)
        {
            Depth = depth,
            RequestPause = requestPause,
            ConnectPause = connectPause,
            IdleClose = idleClose,
            ReconnectPause = reconnectPause,
            ClosesOnTimeout = closesOnTimeout || ignoresTransactionId,
            IgnoresTransactionId = ignoresTransactionId,
            AcceptsUnit0Or255 = acceptsUnit0Or255,
            Drain = entry["drainMs"].Exists ? drain : null,
            Tls = tls,
        };
        return AgreesWithItself(entry, plan) ? plan : null;
    }

    private static bool AgreesWithItself(DesiredReader entry, ConnectionPlan plan)
    {
        bool isGood = Allow(
            entry["depth"],
            plan.Depth == 1 || !plan.Endpoint.IsBus,
            "A bus carries one request at a time: depth is 1 there.")
            & Allow(
                entry["depth"],
                plan.Depth == 1 || !plan.IgnoresTransactionId,
                "Without transaction ids only one request can be on its way: depth is 1 with ignoreTransactionId.")
            & Allow(
                entry["requestPauseMs"],
                plan.Depth == 1 || plan.RequestPause == TimeSpan.Zero,
                "A device that needs a pause between requests cannot have several at once: leave out depth or requestPauseMs.")
            & Allow(
                entry["ignoreTransactionId"],
                !plan.IgnoresTransactionId || !plan.Endpoint.IsBus,
                "Frames of a serial line have no transaction id; leave this out.")
            & Allow(
                entry["acceptUnit0Or255"],
                !plan.AcceptsUnit0Or255 || !(plan.Endpoint.IsBus || plan.IgnoresTransactionId),
                "Without a transaction id only the unit tells whose reply it is: leave this out on a bus and with ignoreTransactionId.")
            & Allow(
                entry["drainMs"],
                plan.Drain is null || plan.Endpoint.IsBus,
                "Only a bus has to fall silent after a time-out; elsewhere late replies are known by their transaction id. Leave this out.");
        return isGood;
    }

    private static bool Allow(DesiredReader entry, bool isAllowed, string reason)
    {
        if (!isAllowed)
        {
            entry.Refuse(reason);
        }

        return isAllowed;
    }

    private static bool TryTime(DesiredReader entry, int min, int max, int absent, out TimeSpan time)
    {
        bool isGood = entry.TryInteger(min, max, absent, out int milliseconds);
        time = TimeSpan.FromMilliseconds(milliseconds);
        return isGood;
    }

    private static bool TryEndpoint(DesiredReader entry, string name, Dictionary<string, string> owners, out ModbusEndpoint? endpoint)
    {
        endpoint = null;
        if (!entry.TryText(MaxEndpointLength, out string? text))
        {
            return false;
        }

        if (!EndpointText.TryParse(text, out endpoint))
        {
            entry.Refuse(EndpointText.Forms);
            return false;
        }

        if (!owners.TryAdd(endpoint.Address, name))
        {
            entry.Refuse($"Connection {owners[endpoint.Address]} leads there already; all units of an endpoint share one connection and its settings.");
            return false;
        }

        return true;
    }
}
