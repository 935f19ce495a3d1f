using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Decides alone whether a server is the one we mean: nothing the platform found is taken over, no flag waves anything through.</summary>
/// <remarks>Thread safe. The caller keeps the ownership of all certificates.</remarks>
/// <param name="profile">What this link demands.</param>
/// <param name="pinnedRoots">The only roots. Certificates among them that are not self-issued help to build the chain and are not trusted by themselves.</param>
/// <param name="time">Gives the time of judgement.</param>
public sealed class CertificateValidator(LinkProfile profile, X509Certificate2Collection pinnedRoots, TimeProvider time)
{
    private const int MaxCertificates = 5;
    private const int MaxSizeInBytes = 16 * 1024;

    /// <summary>Judges a leaf and what came with it.</summary>
    /// <param name="leaf">The peer's own certificate, or null if it presented none.</param>
    /// <param name="presented">All that the peer presented, with or without the leaf.</param>
    /// <param name="expectedName">DNS name or IP address that was dialled.</param>
    public CertificateVerdict Validate(X509Certificate2? leaf, X509Certificate2Collection presented, string expectedName)
    {
        if (leaf is null)
        {
            return new CertificateVerdict.Refused(CertificateFault.Missing, "The server presented no certificate.");
        }

        CertificateVerdict.Refused? fault;
        try
        {
            fault = Sizes(leaf, presented)
                ?? Dates(leaf)
                ?? Strength(leaf)
                ?? LeafCheck.Usages(leaf, profile)
                ?? Chain(leaf, presented)
                ?? LeafCheck.Name(leaf, profile, expectedName)
                ?? Revocation();
        }
        catch (CryptographicException)
        {
            fault = new CertificateVerdict.Refused(CertificateFault.Malformed, "an extension or key cannot be decoded");
        }

        return fault is null
            ? CertificateVerdict.Accepted.Instance
            : fault with { Detail = $"Certificate {leaf.SerialNumber} of '{leaf.Subject}': {fault.Detail}." };
    }

    private static CertificateVerdict.Refused? Sizes(X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        int others = presented.Count(certificate => !IsSame(certificate, leaf));
        return others + 1 > MaxCertificates || presented.Append(leaf).Any(one => one.RawData.Length > MaxSizeInBytes)
            ? new(CertificateFault.TooLarge, $"more than {MaxCertificates} certificates or one above {MaxSizeInBytes} bytes")
            : null;
    }

    private static CertificateVerdict.Refused? Strength(X509Certificate2 certificate) =>
        !CertificateStrength.HasStrongKey(certificate)
            ? new(CertificateFault.WeakKey, $"the key of '{certificate.Subject}' is weaker than RSA-2048 or not on P-256 or P-384")
        : !CertificateStrength.HasStrongSignature(certificate)
            ? new(CertificateFault.WeakSignature, $"the signature on '{certificate.Subject}' is not SHA-256 or better")
        : null;

    private static CertificateVerdict.Refused ChainFault(X509ChainStatus[] found)
    {
        X509ChainStatusFlags flags = found.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        CertificateFault fault =
            flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) ? CertificateFault.UnknownRoot
            : flags.HasFlag(X509ChainStatusFlags.NotSignatureValid) ? CertificateFault.BadChain
            : flags.HasFlag(X509ChainStatusFlags.PartialChain) ? CertificateFault.IncompleteChain
            : CertificateFault.BadChain;
        return new(fault, $"no chain to a pinned root ({flags})");
    }

    private static bool IsSame(X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private CertificateVerdict.Refused? Dates(X509Certificate2 certificate)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return now < certificate.NotBefore.ToUniversalTime()
                ? new(CertificateFault.NotYetValid, $"'{certificate.Subject}' is valid from {certificate.NotBefore.ToUniversalTime():u}")
            : now >= certificate.NotAfter.ToUniversalTime()
                ? new(CertificateFault.Expired, $"'{certificate.Subject}' expired at {certificate.NotAfter.ToUniversalTime():u}")
            : null;
    }

    private CertificateVerdict.Refused? Chain(X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        using X509Chain chain = NewChain(presented);
        try
        {
            bool isBuilt = chain.Build(leaf);
            X509Certificate2[] issuers = [.. chain.ChainElements.Skip(1).Select(element => element.Certificate)];

            // Dates first: the platform reports an expired issuer and a missing one alike, an operator must know which.
            return issuers.Select(Dates).FirstOrDefault(fault => fault is not null)
                ?? (isBuilt ? null : ChainFault(chain.ChainStatus))
                ?? PinAndStrength(leaf, issuers);
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    private CertificateVerdict.Refused? PinAndStrength(X509Certificate2 leaf, X509Certificate2[] issuers)
    {
        // Checked again by hand: whatever the platform's trust mode did, the chain ends in a certificate that we pinned.
        if (issuers.Length == 0 || !pinnedRoots.Any(root => IsSame(root, issuers[^1])))
        {
            return new(CertificateFault.UnknownRoot, "its root is not pinned");
        }

        // A root's signature on itself proves nothing, so only its key is looked at.
        return issuers[..^1].Select(Strength).FirstOrDefault(fault => fault is not null)
            ?? (CertificateStrength.HasStrongKey(issuers[^1])
                ? null
                : new CertificateVerdict.Refused(CertificateFault.WeakKey, "the key of its root is too weak"))
            ?? (leaf.NotAfter > issuers[0].NotAfter
                ? new CertificateVerdict.Refused(CertificateFault.OutlivesIssuer, $"it is valid for longer than '{issuers[0].Subject}'")
                : null);
    }

    private CertificateVerdict.Refused? Revocation() => profile.RequiresRevocation
        ? new CertificateVerdict.Refused(CertificateFault.RevocationUnknown, $"{profile.Name} needs proof that it is not revoked")
        : null;

    private X509Chain NewChain(X509Certificate2Collection presented)
    {
        var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationFlags = X509VerificationFlags.NoFlag;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = time.GetUtcNow().UtcDateTime;
        policy.ApplicationPolicy.Add(profile.RequiredUsage);
        policy.ExtraStore.AddRange(presented);
        foreach (X509Certificate2 pinned in pinnedRoots)
        {
            (IsSelfIssued(pinned) ? policy.CustomTrustStore : policy.ExtraStore).Add(pinned);
        }

        return chain;
    }
}
