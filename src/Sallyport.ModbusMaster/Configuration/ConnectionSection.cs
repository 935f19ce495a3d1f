using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/connections</c>: name → endpoint, timeoutMs, connectTimeoutMs.</summary>
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

    /// <summary>Every name that is there, with its plan, or with null if that was refused.</summary>
    public static Dictionary<string, ConnectionPlan?> Read(DesiredReader section)
    {
        var connections = new Dictionary<string, ConnectionPlan?>(StringComparer.Ordinal);
        var owners = new Dictionary<ModbusEndpoint, string>();
        foreach (DesiredReader entry in section.NamedEntries(MaxConnections))
        {
            connections.Add(entry.Name, ReadOne(entry, owners));
        }

        return connections;
    }

    private static ConnectionPlan? ReadOne(DesiredReader entry, Dictionary<ModbusEndpoint, string> owners)
    {
        if (!entry.IsObjectOf("endpoint", "timeoutMs", "connectTimeoutMs"))
        {
            return null;
        }

        bool isGood = TryEndpoint(entry["endpoint"], entry.Name, owners, out ModbusEndpoint? endpoint)
            & entry["timeoutMs"].TryInteger(MinTimeoutMs, MaxTimeoutMs, DefaultTimeoutMs, out int timeoutMs)
            & entry["connectTimeoutMs"].TryInteger(MinTimeoutMs, MaxTimeoutMs, DefaultConnectTimeoutMs, out int connectTimeoutMs);
        return isGood
            ? new ConnectionPlan(entry.Name, endpoint!, TimeSpan.FromMilliseconds(timeoutMs), TimeSpan.FromMilliseconds(connectTimeoutMs))
            : null;
    }

    private static bool TryEndpoint(
        DesiredReader entry, string name, Dictionary<ModbusEndpoint, string> owners, out ModbusEndpoint? endpoint)
    {
        endpoint = null;
        if (!entry.TryText(MaxEndpointLength, out string? text))
        {
            return false;
        }

        if (!ModbusEndpoint.TryParse(text, out endpoint))
        {
            entry.Refuse($"An endpoint is {ModbusEndpoint.Scheme}://host or {ModbusEndpoint.Scheme}://host:port and nothing more.");
            return false;
        }

        if (!owners.TryAdd(endpoint, name))
        {
            entry.Refuse($"Connection {owners[endpoint]} leads there already; all units of an endpoint share one connection.");
            return false;
        }

        return true;
    }
}
