namespace Sallyport.BatchVerification;

/// <summary>How a ring contradicts itself with good seals: an old copy of it was put back, or it runs twice.</summary>
public enum ForkSign
{
    /// <summary>The page was sealed before, with another seal.</summary>
    PageSealedTwice,

    /// <summary>The epoch number belongs to another opening, or is older than all that is remembered.</summary>
    EpochOpenedTwice,

    /// <summary>The epochs use the same page numbers.</summary>
    PagesUsedTwice,

    /// <summary>The records' numbers belong to another page.</summary>
    RecordsUsedTwice,

    /// <summary>It names another seal for the page before, or the page after does.</summary>
    ChainBroken,

    /// <summary>It speaks of fewer lost records than a page before it.</summary>
    LostDecreased,
}
