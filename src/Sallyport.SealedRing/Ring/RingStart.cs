using System.Collections.Immutable;

namespace Sallyport.SealedRing;

/// <summary>Where a run begins: what recovery found and decided.</summary>
internal sealed record RingStart
{
    public required long NextSeq { get; init; }

    public required long NextPage { get; init; }

    /// <summary>Oldest page neither confirmed nor evicted, and its first number, as they were found.</summary>
    public required (long Page, long Seq) Oldest { get; init; }

    public required long HeadPosition { get; init; }

    public required long Generation { get; init; }

    public required long Lost { get; init; }

    public required ImmutableArray<byte> LastMac { get; init; }

    /// <summary>The pages that were found, oldest first.</summary>
    public required ImmutableArray<PageEntry> Pages { get; init; }

    /// <summary>Open pages of the last run that were found in tail slots, by sequence number.</summary>
    public required ImmutableArray<AdoptedPage> Adopted { get; init; }

    /// <summary>What is missing.</summary>
    public required ImmutableArray<(Gap Gap, long Uncounted)> Gaps { get; init; }
}
