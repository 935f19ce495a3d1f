using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary>A kind of link as the command line calls it.</summary>
/// <param name="Word">What <c>--profile</c> takes.</param>
/// <param name="Profile">What the link demands.</param>
internal sealed record LinkWord(string Word, LinkProfile Profile)
{
    private const string HubDomain = ".azure-devices.net";
    private const string ProvisioningDomain = ".azure-devices-provisioning.net";

    /// <summary>Every link.</summary>
    public static IReadOnlyList<LinkWord> All { get; } =
    [
        new("device", LinkProfile.Device),
        new("enrolling-device", LinkProfile.EnrollingDevice),
        new("est-server", LinkProfile.EstServer),
        new("own-server", LinkProfile.OwnServer),
        new("authority", LinkProfile.OwnAuthority),
        new("plc", LinkProfile.Plc),
        new("foreign-plc", LinkProfile.ForeignPlc),
        new("edge-hub", LinkProfile.EdgeHub),
        new("iot-hub", LinkProfile.IotHub),
        new("dps", LinkProfile.ProvisioningService),
    ];

    /// <summary>The words, for messages.</summary>
    public static string Words => string.Join(", ", All.Select(one => one.Word));

    /// <summary>A link by its word.</summary>
    /// <exception cref="WrongUsageException">There is none.</exception>
    public static LinkWord Of(string word) => All.FirstOrDefault(one => string.Equals(one.Word, word, StringComparison.Ordinal))
        ?? throw new WrongUsageException($"--profile {word}: there is no such link. There are {Words}.");

    /// <summary>The links that a certificate may be meant for: Azure's own services only where it carries their names.</summary>
    public static IEnumerable<LinkWord> For(X509Certificate2 certificate)
    {
        AlternativeNames names = CertificateText.AlternativeNamesOf(certificate);
        bool IsIn(string domain) => names.Dns.Any(name => name.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
        bool isHub = IsIn(HubDomain);
        bool isProvisioning = IsIn(ProvisioningDomain);
        return All.Where(one =>
            one.Profile == LinkProfile.IotHub ? isHub
            : one.Profile == LinkProfile.ProvisioningService ? isProvisioning
            : !isHub && !isProvisioning);
    }

    /// <summary>Who the certificate is to be for: who was named, or else who it says it is for.</summary>
    public PeerName PeerOf(X509Certificate2 certificate, string? name)
    {
        if (Profile.Peer is PeerKind.Authority)
        {
            return PeerName.Authority.Instance;
        }

        AlternativeNames names = CertificateText.AlternativeNamesOf(certificate);
        string own = names.Dns.FirstOrDefault() ?? names.Addresses.FirstOrDefault()?.ToString() ?? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return Profile.Peer is PeerKind.Client ? new PeerName.Device(name ?? own) : new PeerName.Host(name ?? own.Replace("*", "any", StringComparison.Ordinal));
    }
}
