namespace Sallyport.SealedRing.Destruction;

/// <summary>How far a wipe came. Each step is durable before the next begins.</summary>
public enum WipeStep
{
    /// <summary>Nothing is changed.</summary>
    None,

    /// <summary>Both copies of the static block say that the ring is being wiped: from here on it is never opened again.</summary>
    Flagged,

    /// <summary>The wrapped keys are overwritten: what is left cannot be read by anybody.</summary>
    KeysDestroyed,

    /// <summary>All pages and states are overwritten.</summary>
    Overwritten,

    /// <summary>They were read back as zeros.</summary>
    ReadBack,

    /// <summary>The static blocks are overwritten too: the device is blank.</summary>
    Blank,
}
