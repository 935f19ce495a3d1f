using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads endpoints as users write them.</summary>
public static class EndpointText
{
    /// <summary>What a text that cannot be read should have been.</summary>
    public const string Forms =
        "An endpoint is modbus-tcp://host:port (port 502 if left out), modbus-tls://host:port (802), modbus-rtu-tcp://host:port, or "
        + "modbus-rtu:///dev/ttyUSB0?baud=19200&parity=even&stopBits=1 (baud 1200 to 921600, parity none, even or odd, stopBits 1 or 2), and nothing more.";

    private const int TcpPort = 502;
    private const int TlsPort = 802;
    private const int DefaultBaud = 19_200;

    // The longest name that DNS has.
    private const int MaxHostLength = 253;

    private static readonly FrozenSet<int> Rates =
        FrozenSet.Create(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600);

    /// <summary>Reads one of the <see cref="Forms"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModbusEndpoint? endpoint)
    {
        endpoint = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri is { UserInfo: "", Fragment: "" })
        {
            endpoint = uri.Scheme switch
            {
                "modbus-tcp" => TryHost(uri, TcpPort, out string host, out int port) ? new ModbusEndpoint.Tcp(host, port) : null,
                "modbus-tls" => TryHost(uri, TlsPort, out string host, out int port) ? new ModbusEndpoint.Tls(host, port) : null,
                "modbus-rtu-tcp" => TryHost(uri, 0, out string host, out int port) ? new ModbusEndpoint.RtuOverTcp(host, port) : null,
                "modbus-rtu" => Serial(uri),
                _ => null,
            };
        }

        return endpoint is not null;
    }

    private static bool TryHost(Uri uri, int defaultPort, out string host, out int port)
    {
        host = uri.IdnHost.ToLowerInvariant();
        port = uri.Port < 0 ? defaultPort : uri.Port;
        return uri is { Query: "", AbsolutePath: "" or "/" }
            && port != 0
            && host.Length <= MaxHostLength
            && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }

    private static ModbusEndpoint.Serial? Serial(Uri uri)
    {
        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        bool isDevice = uri.Host.Length == 0
            && path.StartsWith("/dev/", StringComparison.Ordinal)
            && path.Length > "/dev/".Length
            && !path.AsSpan().ContainsAny('\0', '\n')
            && !path.Split('/').Contains("..", StringComparer.Ordinal);
        var endpoint = new ModbusEndpoint.Serial(path, DefaultBaud, SerialParity.Even, StopBits: 1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = setting.Split('=');
            if (parts.Length != 2 || !seen.Add(parts[0]) || With(endpoint, parts[0], parts[1]) is not { } changed)
            {
                return null;
            }

            endpoint = changed;
        }

        return isDevice ? endpoint : null;
    }

    private static ModbusEndpoint.Serial? With(ModbusEndpoint.Serial endpoint, string key, string value) => (key, value) switch
    {
        ("parity", "none") => endpoint with { Parity = SerialParity.None },
        ("parity", "even") => endpoint with { Parity = SerialParity.Even },
        ("parity", "odd") => endpoint with { Parity = SerialParity.Odd },
        ("stopBits", "1") => endpoint with { StopBits = 1 },
        ("stopBits", "2") => endpoint with { StopBits = 2 },
        ("baud", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int baud) && Rates.Contains(baud) =>
            endpoint with { Baud = baud },
        _ => null,
    };
}
