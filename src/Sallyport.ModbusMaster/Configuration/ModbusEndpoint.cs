using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Where a device or gateway listens.</summary>
/// <param name="Host">Host name or IP address, in lower case; IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record ModbusEndpoint(string Host, int Port)
{
    /// <summary>The only scheme.</summary>
    public const string Scheme = "modbus-tcp";

    private const int DefaultPort = 502;

    // The longest name that DNS has.
    private const int MaxHostLength = 253;

    /// <summary>The <c>protocol</c> of frames.</summary>
    public string Protocol { get; } = Scheme;

    /// <summary>Reads <c>modbus-tcp://host:port</c>; without a port it is 502.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModbusEndpoint? endpoint)
    {
        endpoint = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri is { Scheme: Scheme, UserInfo: "", Query: "", Fragment: "", AbsolutePath: "" or "/", Port: not 0 }
            && uri.IdnHost.Length <= MaxHostLength
            && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            endpoint = new ModbusEndpoint(uri.IdnHost.ToLowerInvariant(), uri.Port < 0 ? DefaultPort : uri.Port);
        }

        return endpoint is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
