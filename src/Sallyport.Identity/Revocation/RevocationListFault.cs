namespace Sallyport.Identity.Revocation;

/// <summary>Why a list was not believed.</summary>
public enum RevocationListFault
{
    /// <summary>It is no list, or of a kind that is not supported: delta, indirect, partial, without a number.</summary>
    Unreadable,

    /// <summary>It is of another authority, by name or key identifier.</summary>
    WrongIssuer,

    /// <summary>The authority may not sign revocation lists.</summary>
    IssuerMayNotSign,

    /// <summary>The signature is not that of the authority's key, or is weaker than SHA-256.</summary>
    BadSignature,

    /// <summary>It was made in the future. Look at the clock first.</summary>
    NotYetValid,

    /// <summary>Its number is lower than that of the list before, or the same on another list that is no newer: an old list played back.</summary>
    NotNewer,
}
