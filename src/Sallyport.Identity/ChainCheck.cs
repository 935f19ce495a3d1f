using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Builds the one chain that counts, to a pinned root, and says in our words what is wrong with it.</summary>
internal sealed class ChainCheck(LinkProfile profile, X509Certificate2Collection pinnedRoots, PublicKeyPin? demandedIssuer)
{
    private const X509ChainStatusFlags NameConstraints = X509ChainStatusFlags.InvalidNameConstraints
        | X509ChainStatusFlags.HasNotSupportedNameConstraint | X509ChainStatusFlags.HasNotDefinedNameConstraint
        | X509ChainStatusFlags.HasNotPermittedNameConstraint | X509ChainStatusFlags.HasExcludedNameConstraint;

    /// <summary>The first fault in the chain, or null.</summary>
    /// <param name="leaf">Checked by itself already.</param>
    /// <param name="presented">Where issuers are looked for, besides what was pinned.</param>
    /// <param name="now">The time of judgement.</param>
    /// <param name="issuers">The leaf's issuer first, the pinned root last; to be disposed by the caller.</param>
    /// <exception cref="CryptographicException">A certificate cannot be decoded.</exception>
    public CertificateVerdict.Refused? Fault(
        X509Certificate2 leaf, X509Certificate2Collection presented, DateTime now, out IReadOnlyList<X509Certificate2> issuers)
    {
        using X509Chain chain = NewChain(presented, now);
        bool isBuilt = chain.Build(leaf);
        X509Certificate2[] found = [.. chain.ChainElements.Skip(1).Select(element => element.Certificate)];
        issuers = found;
        if (chain.ChainElements.Count > 0)
        {
            chain.ChainElements[0].Certificate.Dispose();
        }

        // By hand first: the platform reports an expired issuer, an issuer that may not sign and a missing one alike, and an operator must know which.
        return found.Select(issuer => Dates(issuer, now)).FirstOrDefault(fault => fault is not null)
            ?? IssuerCheck.Fault(found, profile)
            ?? (isBuilt ? null : PlatformFault(chain.ChainStatus, found.LastOrDefault() ?? leaf, found.Length, presented))
            ?? PinAndStrength(found)
            ?? Demanded(found)
            ?? (leaf.NotAfter > found[0].NotAfter
                ? new CertificateVerdict.Refused(CertificateFault.OutlivesIssuer, $"it is valid for longer than '{found[0].Subject}'")
                : null);
    }

    /// <summary>Whether a certificate is in its dates, or null.</summary>
    public static CertificateVerdict.Refused? Dates(X509Certificate2 certificate, DateTime now) =>
        now < certificate.NotBefore.ToUniversalTime()
            ? new(CertificateFault.NotYetValid, $"'{certificate.Subject}' is valid from {certificate.NotBefore.ToUniversalTime():u}")
        : now >= certificate.NotAfter.ToUniversalTime()
            ? new(CertificateFault.Expired, $"'{certificate.Subject}' expired at {certificate.NotAfter.ToUniversalTime():u}")
        : null;

    private CertificateVerdict.Refused PlatformFault(
        X509ChainStatus[] found, X509Certificate2 last, int below, X509Certificate2Collection presented)
    {
        X509ChainStatusFlags flags = found.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        bool IsFlagged(X509ChainStatusFlags one) => (flags & one) != X509ChainStatusFlags.NoError;

        // The platform does not take an issuer that may not sign for an issuer at all: look at the one that has the name.
        if (IsFlagged(X509ChainStatusFlags.PartialChain)
            && presented.Concat(pinnedRoots).FirstOrDefault(one => IsIssuerByName(one, last) && !one.IsSame(last)) is { } candidate)
        {
            return IssuerCheck.Fault(candidate, below, profile)
                ?? (OwnProfileCheck.IsNamedKey(last, candidate) == false
                    ? new(CertificateFault.WrongKeyIdentifier, $"'{last.Subject}' is not issued with the key of the '{candidate.Subject}' that is here")
                    : new(CertificateFault.BadChain, $"the platform does not accept '{candidate.Subject}' as issuer of '{last.Subject}'"));
        }

        CertificateFault kind =
            IsFlagged(X509ChainStatusFlags.UntrustedRoot) ? CertificateFault.UnknownRoot
            : IsFlagged(X509ChainStatusFlags.NotSignatureValid) ? CertificateFault.BadChain
            : IsFlagged(X509ChainStatusFlags.PartialChain) ? CertificateFault.IncompleteChain
            : IsFlagged(NameConstraints) ? CertificateFault.NameConstraint
            : IsFlagged(X509ChainStatusFlags.HasNotSupportedCriticalExtension) ? CertificateFault.UnknownCriticalExtension
            : CertificateFault.BadChain;
        return new(kind, $"no chain to a pinned root ({flags})");
    }

    private CertificateVerdict.Refused? PinAndStrength(X509Certificate2[] issuers)
    {
        // Checked again by hand: whatever the platform's trust mode did, the chain ends in a certificate that we pinned.
        if (issuers.Length == 0 || !pinnedRoots.Any(root => root.IsSame(issuers[^1])))
        {
            return new(CertificateFault.UnknownRoot, "its root is not pinned");
        }

        // A root's signature on itself proves nothing, so only its key is looked at.
        return issuers[..^1].Select(CertificateStrength.Fault).FirstOrDefault(fault => fault is not null)
            ?? (CertificateStrength.HasStrongKey(issuers[^1])
                ? null
                : new CertificateVerdict.Refused(CertificateFault.WeakKey, "the key of its root is too weak"));
    }

    private CertificateVerdict.Refused? Demanded(X509Certificate2[] issuers) =>
        demandedIssuer is not null && !issuers.Any(issuer => PublicKeyPin.Of(issuer) == demandedIssuer)
            ? new(CertificateFault.WrongIssuer, $"no issuer in its chain has the key {demandedIssuer}")
            : null;

    private X509Chain NewChain(X509Certificate2Collection presented, DateTime now)
    {
        var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationFlags = X509VerificationFlags.NoFlag;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now;
        if (profile.RequiredUsage is { } required)
        {
            policy.ApplicationPolicy.Add(required);
        }

        policy.ExtraStore.AddRange(presented);
        foreach (X509Certificate2 pinned in pinnedRoots)
        {
            (pinned.IsSelfIssued() ? policy.CustomTrustStore : policy.ExtraStore).Add(pinned);
        }

        return chain;
    }

    private static bool IsIssuerByName(X509Certificate2 issuer, X509Certificate2 subject) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(subject.IssuerName.RawData);
}
