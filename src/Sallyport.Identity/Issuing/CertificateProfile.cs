using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>What a certificate of our own authorities looks like. The static instances are all there are: nothing else is ever signed.</summary>
/// <remarks>RFC 5280 section 4.2; life and usages as few as the link needs.</remarks>
public sealed class CertificateProfile
{
    private const X509KeyUsageFlags Signing = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;
    private static readonly Oid Server = new("1.3.6.1.5.5.7.3.1", "serverAuth");
    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2", "clientAuth");

    private CertificateProfile(string name, TimeSpan longestLife, X509KeyUsageFlags keyUsage, params Oid[] usages)
    {
        (Name, LongestLife, KeyUsage, Usages) = (name, longestLife, keyUsage, usages);
    }

    /// <summary>The root, kept offline: P-384 is asked for, 20 years, two authorities below it at most.</summary>
    public static CertificateProfile Root { get; } = new("root", Years(20), Signing) { PathLength = 2 };

    /// <summary>The issuing authority: 5 years, one authority below it at most, which is a gateway's Edge CA.</summary>
    public static CertificateProfile IssuingAuthority { get; } = new("issuing", Years(5), Signing) { PathLength = 1 };

    /// <summary>The Edge daemon's own authority on one gateway, which certifies edgeHub: one year, nothing below it.</summary>
    public static CertificateProfile EdgeAuthority { get; } = new("edge-ca", Years(1), X509KeyUsageFlags.KeyCertSign, Client, Server) { PathLength = 0 };

    /// <summary>A device: 90 days, client only; the common name is its registration id, and its id is among the DNS names.</summary>
    public static CertificateProfile Device { get; } = new("device", TimeSpan.FromDays(90), X509KeyUsageFlags.DigitalSignature, Client) { NamesItself = true };

    /// <summary>The factory's certificate of a device, for its first enrolment only: 10 years, client only.</summary>
    /// <remarks>IEEE 802.1AR calls it IDevID. A certificate of this profile is good for EST and for nothing else.</remarks>
    public static CertificateProfile Bootstrap { get; } = new("bootstrap", Years(10), X509KeyUsageFlags.DigitalSignature, Client) { NamesItself = true };

    /// <summary>A server, such as an EST server or a PLC: 90 days, the names and addresses that are really dialled.</summary>
    public static CertificateProfile ServerOnly { get; } = new("server", TimeSpan.FromDays(90), X509KeyUsageFlags.DigitalSignature, Server) { NeedsHost = true };

    /// <summary>A server that also dials out.</summary>
    public static CertificateProfile ServerAndClient { get; } =
        new("server-and-client", TimeSpan.FromDays(90), X509KeyUsageFlags.DigitalSignature, Server, Client) { NeedsHost = true };

    /// <summary>An OPC UA application instance: one year, RSA, the application's URI among the names.</summary>
    /// <remarks>OPC 10000-6 section 6.2.2.</remarks>
    public static CertificateProfile OpcUaApplication { get; } = new(
        "opc-ua",
        Years(1),
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment,
        Server,
        Client)
    {
        Keys = KeyFamily.Rsa2048,
        NeedsHost = true,
        NeedsUri = true,
    };

    /// <summary>The verifier of sealed batches: three years, RSA of 3072 bits or more; unwraps keys and signs nothing.</summary>
    public static CertificateProfile Verifier { get; } = new("verifier", Years(3), X509KeyUsageFlags.KeyEncipherment) { Keys = KeyFamily.Rsa3072 };

    /// <summary>Every profile.</summary>
    public static IReadOnlyList<CertificateProfile> All { get; } =
        [Root, IssuingAuthority, EdgeAuthority, Device, Bootstrap, ServerOnly, ServerAndClient, OpcUaApplication, Verifier];

    /// <summary>What it is called on a command line and in a register.</summary>
    public string Name { get; }

    /// <summary>No certificate of it is valid for longer.</summary>
    public TimeSpan LongestLife { get; }

    /// <summary>The key usage, critical.</summary>
    public X509KeyUsageFlags KeyUsage { get; }

    /// <summary>The extended key usages; none leaves the extension out.</summary>
    public IReadOnlyList<Oid> Usages { get; }

    /// <summary>How many authorities may follow below; null for a certificate that signs none.</summary>
    public int? PathLength { get; private init; }

    /// <summary>Which keys it accepts.</summary>
    public KeyFamily Keys { get; private init; }

    /// <summary>Whether the common name is also one of the DNS names.</summary>
    public bool NamesItself { get; private init; }

    /// <summary>Whether a DNS name or an address is needed.</summary>
    public bool NeedsHost { get; private init; }

    /// <summary>Whether a URI is needed.</summary>
    public bool NeedsUri { get; private init; }

    /// <summary>Whether it is an authority's certificate.</summary>
    public bool IsAuthority => PathLength is not null;

    /// <summary>Finds a profile by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out CertificateProfile? profile)
    {
        profile = All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));
        return profile is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TimeSpan Years(int count) => TimeSpan.FromDays(365 * count);
}
