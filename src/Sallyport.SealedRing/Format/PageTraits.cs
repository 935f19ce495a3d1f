namespace Sallyport.SealedRing.Format;

/// <summary>What is said about a page in its header.</summary>
[Flags]
public enum PageTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The body is compressed (Brotli) on the device.</summary>
    Compressed = 1,

    /// <summary>Its records are gap records.</summary>
    Gap = 2,

    /// <summary>It was still open when the last run ended: sealed again from a tail slot, and perhaps delivered before as a part of a larger page.</summary>
    Recovered = 4,

    /// <summary>The wall clock was set while it was open, or since the page before it was closed: by more than two seconds, against the monotonic clock.</summary>
    ClockStepped = 8,
}
