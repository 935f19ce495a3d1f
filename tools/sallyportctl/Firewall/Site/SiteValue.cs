using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>Values of a site file. Each is refused with its place and with what to write instead.</summary>
internal static partial class SiteValue
{
    private const int AddressBits = 32;

    /// <summary>The same object, if it has no other members than these.</summary>
    public static ManifestNode Only(this ManifestNode node, params string[] names)
    {
        foreach (var (name, member) in node.Members)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw new ManifestException(member.Pointer, $"There is no such key; here are {string.Join(", ", names)}.");
            }
        }

        return node;
    }

    /// <summary>The elements of an array that may be left out.</summary>
    public static IEnumerable<ManifestNode> ElementsOf(this ManifestNode node, string name) => node.Find(name)?.Elements ?? [];

    /// <summary>An IPv4 address.</summary>
    public static IPAddress AsAddress(this ManifestNode node) =>
        TryAddress(node.AsText(), out var address) ? address : throw new ManifestException(node.Pointer, "This must be an IPv4 address such as 10.20.1.5.");

    /// <summary>An address with the length of its network: <c>10.20.2.10/24</c>.</summary>
    public static (IPAddress Address, IPNetwork Network) AsAddressInNetwork(this ManifestNode node) =>
        node.AsText().Split('/') is [var first, var second]
        && TryAddress(first, out var address)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
        && length is >= 1 and <= AddressBits
            ? (address, NetworkOf(address, length))
            : throw new ManifestException(node.Pointer, "This must be an IPv4 address with the length of its network, such as 10.20.2.10/24.");

    /// <summary>An IPv4 network, or an address, which is a network of one.</summary>
    public static IPNetwork AsNetwork(this ManifestNode node)
    {
        var text = node.AsText();
        if (TryAddress(text, out var address))
        {
            return new(address, AddressBits);
        }

        return IPNetwork.TryParse(text, out var network)
            && network.BaseAddress.AddressFamily is AddressFamily.InterNetwork
            && string.Equals(network.ToString(), text, StringComparison.Ordinal)
            ? network
            : throw new ManifestException(node.Pointer, "This must be an IPv4 address or network, such as 10.20.1.0/24, whose bits behind the length are 0. IPv6 is shut altogether.");
    }

    /// <summary>Networks, at least one.</summary>
    public static ImmutableArray<IPNetwork> AsNetworks(this ManifestNode node)
    {
        ImmutableArray<IPNetwork> networks = [.. node.Elements.Select(AsNetwork)];
        return networks.IsEmpty ? throw new ManifestException(node.Pointer, "At least one address is needed.") : networks;
    }

    /// <summary>The name of a network interface as the kernel takes it, without the sign * that nft would read as «all that begin so».</summary>
    public static string AsInterface(this ManifestNode node) => CheckInterface(node.AsText(), node.Pointer);

    /// <summary>The same for the name of a member.</summary>
    public static string CheckInterface(string name, string pointer) => InterfaceName.IsMatch(name)
        ? name
        : throw new ManifestException(pointer, "The name of an interface has 1 to 15 letters, digits, and . _ -");

    /// <summary>A host with or without a port.</summary>
    public static SiteEndpoint AsEndpoint(this ManifestNode node, int port)
    {
        var text = node.AsText();
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4)
            || (colon >= 0 && (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > ushort.MaxValue)))
        {
            throw new ManifestException(node.Pointer, "This must be a host, with or without a port: name.example, name.example:443.");
        }

        return new(host.ToLowerInvariant(), port, node.Pointer);
    }

    /// <summary>Whether a network lies in another.</summary>
    public static bool Holds(this IPNetwork outer, IPNetwork inner) => inner.PrefixLength >= outer.PrefixLength && outer.Contains(inner.BaseAddress);

    /// <summary>A network of one address.</summary>
    public static IPNetwork Alone(this IPAddress address) => new(address, AddressBits);

    /// <summary>As nft writes it: a single address without its length.</summary>
    public static string Text(this IPNetwork network) => network.PrefixLength == AddressBits ? network.BaseAddress.ToString() : network.ToString();

    /// <summary>Reads four decimal numbers, and none of the shorter forms that some programs know.</summary>
    public static bool TryAddress(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily is not AddressFamily.InterNetwork || !string.Equals(parsed.ToString(), text, StringComparison.Ordinal))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    private static IPNetwork NetworkOf(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < AddressBits; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(new IPAddress(bytes), length);
    }

    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._\-]{1,15}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InterfaceName { get; }
}
