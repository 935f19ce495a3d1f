using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Whether a certificate is for who it must be for.</summary>
internal static class NameCheck
{
    private const string CommonName = "2.5.4.3";

    /// <summary>A fault if it is for somebody else, or null.</summary>
    /// <exception cref="CryptographicException">A name cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Fault(X509Certificate2 leaf, LinkProfile profile, PeerName expected) => (profile.Peer, expected) switch
    {
        (PeerKind.Server, PeerName.Host host) => Host(leaf, profile, host.Name),
        (PeerKind.Client, PeerName.Device device) => Device(leaf, device),
        (PeerKind.Authority, PeerName.Authority) => null,
        _ => new(CertificateFault.WrongName, $"{profile.Name} cannot be '{expected}'"),
    };

    private static CertificateVerdict.Refused? Host(X509Certificate2 leaf, LinkProfile profile, string name)
    {
        bool isName = Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
        return isName && leaf.MatchesHostname(name, profile.AllowsWildcard, allowCommonName: false)
            ? null
            : new(CertificateFault.WrongName, $"'{name}' is not among its subject alternative names");
    }

    private static CertificateVerdict.Refused? Device(X509Certificate2 leaf, PeerName.Device device)
    {
        // Letter by letter: a device id may have letters that DNS does not know, and IoT Hub tells gw-1 from GW-1.
        bool isNamed = device.DeviceId.Length > 0
            && leaf.Find<X509SubjectAlternativeNameExtension>() is { } names
            && names.EnumerateDnsNames().Contains(device.DeviceId, StringComparer.Ordinal);
        return !isNamed
                ? new(CertificateFault.WrongName, $"the device id '{device.DeviceId}' is not among its subject alternative names")
            : device.RegistrationId is { } registration && !IsOnlyCommonName(leaf, registration)
                ? new(CertificateFault.WrongRegistrationId, $"its common name is not the registration id '{registration}'")
            : null;
    }

    private static bool IsOnlyCommonName(X509Certificate2 leaf, string expected)
    {
        X500RelativeDistinguishedName[] names = [.. leaf.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && string.Equals(name.GetSingleElementType().Value, CommonName, StringComparison.Ordinal))];
        return names.Length == 1 && string.Equals(names[0].GetSingleElementValue(), expected, StringComparison.Ordinal);
    }
}
