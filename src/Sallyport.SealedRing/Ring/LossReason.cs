namespace Sallyport.SealedRing;

/// <summary>Why the ring lost records. The numbers are written to devices.</summary>
public enum LossReason
{
    /// <summary>Nothing was lost.</summary>
    None = 0,

    /// <summary>The ring was full; the oldest page went before it was handed out.</summary>
    Evicted = 1,

    /// <summary>The ring was full; the page had been handed out, but its delivery was not confirmed. It may have arrived.</summary>
    Unconfirmed = 2,

    /// <summary>Larger than a page or a message may be.</summary>
    Oversize = 3,

    /// <summary>A page could not be read back: torn by a power cut, rotten, swapped, or changed by somebody.</summary>
    Unreadable = 4,

    /// <summary>The last run did not end in order: what it had not committed is gone. The numbers are those that it may have used.</summary>
    Unclean = 5,

    /// <summary>No key slot could be opened, for good: all that the ring held.</summary>
    KeyLost = 6,
}
