namespace Sallyport.SealedRing.Format;

/// <summary>What a page is.</summary>
internal enum PageKind : byte
{
    /// <summary>A closed page in the ring.</summary>
    Ring = 1,

    /// <summary>The open page as it was at a commit, in a tail slot.</summary>
    Snapshot = 2,

    /// <summary>The counters and the next key, in a state slot.</summary>
    State = 3,
}
