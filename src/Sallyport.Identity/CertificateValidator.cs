using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity;

/// <summary>Decides alone whether a peer is the one we mean: nothing the platform found is taken over, no flag waves anything through.</summary>
/// <remarks>Thread safe. The caller keeps the ownership of all certificates. Sizes, dates and strength, usages, chain, name, revocation, registry, in this
/// order; the first fault is the verdict. An accepted verdict is remembered for some minutes and until a list or a date changes it; the registry is
/// asked each time.</remarks>
/// <param name="profile">What this link demands.</param>
/// <param name="pinnedRoots">The only roots. Certificates among them that are not self-issued help to build the chain and are not trusted by themselves.</param>
/// <param name="time">Gives the time of judgement.</param>
public sealed class CertificateValidator(LinkProfile profile, X509Certificate2Collection pinnedRoots, TimeProvider time)
{
    private const int MaxCertificates = 5;
    private const int MaxSizeInBytes = 16 * 1024;

    private readonly VerdictCache _cache = new();

    /// <summary>What this link demands.</summary>
    public LinkProfile Profile => profile;

    /// <summary>The lists; without them nothing is known, which is a refusal where the policy demands proof.</summary>
    public IRevocationCheck Revocation { get; init; } = NoRevocationLists.Instance;

    /// <summary>What is demanded of the lists: the profile's own demand unless configured.</summary>
    public RevocationPolicy RevocationPolicy { get; init; } = profile.Revocation;

    /// <summary>An intermediate or root that the chain must go through; null for any.</summary>
    public PublicKeyPin? DemandedIssuer { get; init; }

    /// <summary>Who may come in with a certificate that is good in itself; null where there is no registry. Asked about clients alone.</summary>
    public IDeviceRegistry? Registry { get; init; }

    /// <summary>Judges a server and what came with its certificate.</summary>
    /// <param name="leaf">The server's own certificate, or null if it presented none.</param>
    /// <param name="presented">All that it presented, with or without the leaf.</param>
    /// <param name="host">DNS name or IP address that was dialled.</param>
    public CertificateVerdict Validate(X509Certificate2? leaf, X509Certificate2Collection presented, string host) =>
        Validate(leaf, presented, new PeerName.Host(host));

    /// <summary>Judges a leaf and what came with it.</summary>
    /// <param name="leaf">The peer's own certificate, or null if it presented none.</param>
    /// <param name="presented">All that the peer presented, with or without the leaf.</param>
    /// <param name="expected">Who it must be.</param>
    public CertificateVerdict Validate(X509Certificate2? leaf, X509Certificate2Collection presented, PeerName expected)
    {
        if (leaf is null)
        {
            return new CertificateVerdict.Refused(CertificateFault.Missing, "The peer presented no certificate.");
        }

        CertificateVerdict.Refused? fault;
        try
        {
            fault = Sizes(leaf, presented) ?? Lasting(leaf, presented, expected) ?? Standing(leaf, expected);
        }
        catch (CryptographicException)
        {
            fault = new CertificateVerdict.Refused(CertificateFault.Malformed, "an extension or key cannot be decoded");
        }

        return fault is null
            ? CertificateVerdict.Accepted.Instance
            : fault with { Detail = $"Certificate {leaf.SerialNumber} of '{leaf.Subject}', issued by '{leaf.Issuer}': {fault.Detail}." };
    }

    private static CertificateVerdict.Refused? Sizes(X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        int others = presented.Count(certificate => !certificate.IsSame(leaf));
        return others + 1 > MaxCertificates || presented.Append(leaf).Any(one => one.RawData.Length > MaxSizeInBytes)
            ? new(CertificateFault.TooLarge, $"more than {MaxCertificates} certificates or one above {MaxSizeInBytes} bytes")
            : null;
    }

    // Everything that stays as it is for some minutes.
    private CertificateVerdict.Refused? Lasting(X509Certificate2 leaf, X509Certificate2Collection presented, PeerName expected)
    {
        DateTimeOffset now = time.GetUtcNow();
        long generation = Revocation.Generation;
        if (_cache.Holds(leaf, expected, generation, now))
        {
            return null;
        }

        IReadOnlyList<X509Certificate2> issuers = [];
        try
        {
            CertificateVerdict.Refused? fault = CertificateExtensions.Fault(leaf)
                ?? ChainCheck.Dates(leaf, now.UtcDateTime)
                ?? CertificateStrength.Fault(leaf)
                ?? LeafCheck.Usages(leaf, profile) // Before the chain: the platform says of a wrong usage only that something is wrong.
                ?? new ChainCheck(profile, pinnedRoots, DemandedIssuer).Fault(leaf, presented, now.UtcDateTime, out issuers)
                ?? (profile.IsOurs ? OwnProfileCheck.Fault(leaf, issuers[0], profile, RevocationPolicy) : null)
                ?? NameCheck.Fault(leaf, profile, expected)
                ?? RevocationFault(leaf, issuers);
            if (fault is null)
            {
                _cache.Add(leaf, expected, generation, now, issuers.Append(leaf).Min(one => new DateTimeOffset(one.NotAfter.ToUniversalTime())));
            }

            return fault;
        }
        finally
        {
            foreach (X509Certificate2 issuer in issuers)
            {
                issuer.Dispose();
            }
        }
    }

    // The leaf and each intermediate; nobody can revoke a root but by taking it from those that are pinned.
    private CertificateVerdict.Refused? RevocationFault(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> issuers)
    {
        X509Certificate2 certificate = leaf;
        foreach (X509Certificate2 issuer in issuers)
        {
            switch (Revocation.Ask(certificate, issuer, RevocationPolicy.StaleFor))
            {
                case RevocationAnswer.Revoked revoked:
                    return new(CertificateFault.Revoked, $"'{certificate.Subject}' is revoked since {revoked.At:u} ({revoked.Reason})");
                case RevocationAnswer.Unknown unknown when RevocationPolicy.DemandsProof:
                    return new(CertificateFault.RevocationUnknown, $"nobody says that '{certificate.Subject}' is not revoked: {unknown.Why}");
            }

            certificate = issuer;
        }

        return null;
    }

    private CertificateVerdict.Refused? Standing(X509Certificate2 leaf, PeerName expected) =>
        Registry is not { } registry || expected is not PeerName.Device device ? null : registry.Judge(device.DeviceId, leaf) switch
        {
            DeviceStanding.Accepted => null,
            DeviceStanding.Disabled => new(CertificateFault.DisabledDevice, $"device '{device.DeviceId}' is disabled"),
            DeviceStanding.OtherCertificate => new(CertificateFault.NotTheDevicesCertificate, $"device '{device.DeviceId}' has another certificate"),
            _ => new(CertificateFault.UnknownDevice, $"there is no device '{device.DeviceId}'"),
        };
}
