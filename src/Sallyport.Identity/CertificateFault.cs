namespace Sallyport.Identity;

/// <summary>Why a certificate was refused. One reason: the first that was found.</summary>
public enum CertificateFault
{
    /// <summary>The peer presented none.</summary>
    Missing,

    /// <summary>More than 5 certificates, or one above 16 KiB.</summary>
    TooLarge,

    /// <summary>An extension cannot be decoded or appears twice.</summary>
    Malformed,

    /// <summary>The leaf or one of its issuers is not valid yet. Look at the clock first.</summary>
    NotYetValid,

    /// <summary>The leaf or one of its issuers has expired.</summary>
    Expired,

    /// <summary>Not RSA of 2048 bits or more, P-256 or P-384, in the leaf or its chain.</summary>
    WeakKey,

    /// <summary>Signed with something older than SHA-256, or with an algorithm that is not accepted.</summary>
    WeakSignature,

    /// <summary>The extended key usage is absent or not the one this link needs.</summary>
    WrongExtendedKeyUsage,

    /// <summary>The key usage is absent where needed, lacks digitalSignature or allows signing certificates.</summary>
    WrongKeyUsage,

    /// <summary>The leaf is a certification authority.</summary>
    IsAuthority,

    /// <summary>An issuer is missing: neither presented nor pinned.</summary>
    IncompleteChain,

    /// <summary>The chain ends in a root that is not pinned.</summary>
    UnknownRoot,

    /// <summary>A signature in the chain is wrong, or an issuer was not allowed to issue.</summary>
    BadChain,

    /// <summary>The leaf is valid for longer than the certificate that issued it.</summary>
    OutlivesIssuer,

    /// <summary>The name is not in the subject alternative names.</summary>
    WrongName,

    /// <summary>The profile demands proof that it is not revoked, and there is none.</summary>
    RevocationUnknown,
}
