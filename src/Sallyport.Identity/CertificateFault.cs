namespace Sallyport.Identity;

/// <summary>Why a certificate was refused. One reason: the first that was found. <see cref="CertificateFaultText"/> says what to do about it.</summary>
public enum CertificateFault
{
    /// <summary>The peer presented none.</summary>
    Missing,

    /// <summary>More than 5 certificates, or one above 16 KiB.</summary>
    TooLarge,

    /// <summary>An extension or key cannot be decoded.</summary>
    Malformed,

    /// <summary>An extension appears twice, in the leaf or its chain.</summary>
    DuplicateExtension,

    /// <summary>A critical extension that nobody here understands, in the leaf or its chain.</summary>
    UnknownCriticalExtension,

    /// <summary>The leaf or one of its issuers is not valid yet. Look at the clock first.</summary>
    NotYetValid,

    /// <summary>The leaf or one of its issuers has expired.</summary>
    Expired,

    /// <summary>Not RSA of 2048 bits or more, P-256 or P-384, in the leaf or its chain.</summary>
    WeakKey,

    /// <summary>Signed with something older than SHA-256, or with an algorithm that is not accepted.</summary>
    WeakSignature,

    /// <summary>The extended key usage is absent, not the one this link needs, or more than that where the profile is exact.</summary>
    WrongExtendedKeyUsage,

    /// <summary>The key usage is absent where needed, lacks what it must allow or allows more than it may.</summary>
    WrongKeyUsage,

    /// <summary>The leaf is a certification authority.</summary>
    IsAuthority,

    /// <summary>An authority was expected, and this is none.</summary>
    NotAuthority,

    /// <summary>The serial number is not positive or has too few bytes to be random.</summary>
    WeakSerialNumber,

    /// <summary>It is valid for longer than its profile allows.</summary>
    LivesTooLong,

    /// <summary>The subject or authority key identifier is absent where the profile demands it, or names another key than the issuer's.</summary>
    WrongKeyIdentifier,

    /// <summary>It does not say where its revocation list is, and the profile demands that.</summary>
    NoRevocationAddress,

    /// <summary>An issuer is missing: neither presented nor pinned.</summary>
    IncompleteChain,

    /// <summary>The chain ends in a root that is not pinned.</summary>
    UnknownRoot,

    /// <summary>A signature in the chain is wrong, or the platform found the chain wrong in another way.</summary>
    BadChain,

    /// <summary>An issuer is no certification authority.</summary>
    IssuerNotAuthority,

    /// <summary>The key usage of an issuer does not allow it to sign certificates, or its extended key usage does not allow this kind.</summary>
    IssuerMayNotSign,

    /// <summary>More authorities follow one another than the path length of one of them allows.</summary>
    PathTooLong,

    /// <summary>An issuer may not certify this name.</summary>
    NameConstraint,

    /// <summary>The chain does not go through the issuer that was demanded.</summary>
    WrongIssuer,

    /// <summary>The leaf is valid for longer than the certificate that issued it.</summary>
    OutlivesIssuer,

    /// <summary>The name is not in the subject alternative names.</summary>
    WrongName,

    /// <summary>The common name is not the registration id.</summary>
    WrongRegistrationId,

    /// <summary>It or one of its issuers is revoked.</summary>
    Revoked,

    /// <summary>The policy demands proof that it is not revoked, and there is none.</summary>
    RevocationUnknown,

    /// <summary>The registry does not know the device.</summary>
    UnknownDevice,

    /// <summary>The registry has the device disabled.</summary>
    DisabledDevice,

    /// <summary>It is neither the device's current certificate nor the previous one within its overlap.</summary>
    NotTheDevicesCertificate,
}
