using System.Collections.Frozen;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>The kinds as configurations, metrics and answers say them.</summary>
internal static class WatchedKinds
{
    /// <summary>Those that somebody may put into a configuration.</summary>
    public static FrozenDictionary<string, WatchedKind> Configurable { get; } = new Dictionary<string, WatchedKind>(StringComparer.Ordinal)
    {
        ["device"] = WatchedKind.Device,
        ["edge-ca"] = WatchedKind.EdgeAuthority,
        ["server"] = WatchedKind.Server,
        ["plc"] = WatchedKind.Plc,
        ["opc-ua"] = WatchedKind.OpcUa,
        ["root"] = WatchedKind.Root,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string WordFor(WatchedKind kind) => kind switch
    {
        WatchedKind.Device => "device",
        WatchedKind.EdgeAuthority => "edge-ca",
        WatchedKind.Server => "server",
        WatchedKind.Plc => "plc",
        WatchedKind.OpcUa => "opc-ua",
        WatchedKind.Root => "root",
        _ => "crl",
    };
}
