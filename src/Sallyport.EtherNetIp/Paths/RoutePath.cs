using System.Globalization;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>The way from the device that owns the socket to the controller: ports and addresses, such as <c>1,0</c> or <c>1,3,2,10.0.0.5,1,0</c>.</summary>
public sealed class RoutePath
{
    /// <summary>The longest route, in words of 16 bits: behind it a path still has to take a key and the message router.</summary>
    public const int MaxWords = 248;

    private const int MaxAddressLength = 63;

    private RoutePath(string text, CipPath path) => (Text, Path) = (text, path);

    /// <summary>No way: the device that owns the socket is the controller.</summary>
    public static RoutePath None { get; } = new("", new CipPath([]));

    /// <summary>As it was written, without spaces.</summary>
    public string Text { get; }

    /// <summary>Its port segments.</summary>
    public CipPath Path { get; }

    /// <summary>Whether the device that owns the socket is the controller.</summary>
    public bool IsEmpty => Path.Size == 0;

    /// <summary>Reads pairs of port and address with commas between them. An empty text is <see cref="None"/>.</summary>
    public static RouteOutcome Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new RouteOutcome.Parsed(None);
        }

        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length % 2 != 0)
        {
            return Refused(parts.Length - 1, "a port without an address; write pairs, such as 1,0 for slot 0 of the backplane");
        }

        var path = new CipPathBuilder();
        for (int at = 0; at < parts.Length; at += 2)
        {
            if (!ushort.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            {
                return Refused(at, "a port is a number from 1 to 65535; 1 is the backplane, 2 most often the network");
            }

            string address = parts[at + 1];
            if (byte.TryParse(address, NumberStyles.None, CultureInfo.InvariantCulture, out byte slot))
            {
                path.Port(port, slot);
            }
            else if (address.Length is > 0 and <= MaxAddressLength && address.All(IsAddress) && !address.All(char.IsAsciiDigit))
            {
                path.Port(port, address);
            }
            else
            {
                return Refused(at + 1, "an address is a slot or node from 0 to 255, or an IP address or host name");
            }

            if (path.Words > MaxWords)
            {
                return Refused(at, "the route is too long; it may have 248 words");
            }
        }

        return new RouteOutcome.Parsed(new RoutePath(string.Join(',', parts), path.Build()));

        static RouteOutcome Refused(int part, string reason) => new RouteOutcome.Refused(part, reason);
        static bool IsAddress(char one) => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or ':';
    }

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;
}
