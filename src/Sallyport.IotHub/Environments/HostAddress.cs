using System.Globalization;

namespace Sallyport.IotHub.Environments;

/// <summary>A host name or address, with a port when one was given.</summary>
/// <param name="Name">DNS name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record HostAddress(string Name, int Port)
{
    /// <summary>MQTT over TLS.</summary>
    public const int DefaultPort = 8883;

    /// <summary>Reads <c>name</c>, <c>name:port</c>, <c>address:port</c> or <c>[address]:port</c>.</summary>
    public static HostAddress? TryParse(string text)
    {
        string name = text;
        string port = "";
        int colon = text.LastIndexOf(':');
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            name = text[1..end];
            if (end + 1 < text.Length && text[end + 1] != ':')
            {
                return null;
            }

            port = end + 1 < text.Length ? text[(end + 2)..] : "";
        }
        else if (colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) == colon)
        {
            name = text[..colon];
            port = text[(colon + 1)..];
        }

        bool isName = Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
        bool isColonLast = text.EndsWith(':') && !text.EndsWith("::", StringComparison.Ordinal);
        int number = DefaultPort;
        bool isPort = port.Length == 0
            ? !isColonLast
            : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= 65_535;
        return isName && isPort ? new HostAddress(name, number) : null;
    }
}
