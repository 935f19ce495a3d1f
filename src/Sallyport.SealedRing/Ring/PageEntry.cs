using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>What is known in memory of a page that is neither confirmed nor evicted.</summary>
internal sealed class PageEntry
{
    /// <summary>Not on the device, as far as is proven.</summary>
    public const long Nowhere = -1;

    public required BatchFields Fields { get; init; }

    public required ImmutableArray<byte> PreviousMac { get; init; }

    public required ImmutableArray<byte> Mac { get; init; }

    public required int BodyLength { get; init; }

    public required long OpenedWallMs { get; init; }

    public required long SealedWallMs { get; init; }

    public TimeSpan? OpenedElapsed { get; init; }

    /// <summary>What the gap records in it say; empty for a page of other records.</summary>
    public ImmutableArray<Gap> Gaps { get; init; } = [];

    /// <summary>The body while it is in memory: until the page is durable.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }

    public long Position { get; set; } = Nowhere;

    public int Blocks { get; set; }

    public bool IsInFlight { get; set; }

    /// <summary>It may have arrived.</summary>
    public bool WasHandedOut { get; set; }

    public int FailedReads { get; set; }

    public long Number => Fields.Page;

    public long LastSeq => Fields.FirstSeq + Fields.Count - 1;

    public bool IsPlaced => Position != Nowhere;

    public bool IsGap => Fields.Flags.HasFlag(PageTraits.Gap);
}
