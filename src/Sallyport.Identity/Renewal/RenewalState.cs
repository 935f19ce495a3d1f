namespace Sallyport.Identity.Renewal;

/// <summary>Where the renewal of a certificate stands. Part of what is stored: names and meaning never change.</summary>
public enum RenewalState
{
    /// <summary>The certificate is good for long enough.</summary>
    Idle,

    /// <summary>A new one is needed; the free slot gets a key.</summary>
    Due,

    /// <summary>The enrolment server is asked with the key of the free slot.</summary>
    Requesting,

    /// <summary>Somebody has to approve it; the server said when to ask again.</summary>
    Pending,

    /// <summary>An answer is here, unchecked.</summary>
    Received,

    /// <summary>It is checked and stored. Nothing was switched.</summary>
    Staged,

    /// <summary>It is tried against who will have to accept it.</summary>
    Proving,

    /// <summary>It is in use, and the one before is kept.</summary>
    Overlap,

    /// <summary>The one before goes, with its key.</summary>
    Retiring,

    /// <summary>Something failed; it is tried again later.</summary>
    Backoff,

    /// <summary>There is no valid certificate: the first is asked for, or the old one ran out. The bootstrap certificate shows who we are.</summary>
    Expired,
}
