using System.Collections.Immutable;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Inspection;

/// <summary>What a ring says of itself in clear. Nothing of it is proven: whoever can write to the device can make it say anything.</summary>
public sealed record RingFindings
{
    /// <summary>Which ring.</summary>
    public required UInt128 Buffer { get; init; }

    /// <summary>Where what lies.</summary>
    public required RingGeometry Geometry { get; init; }

    /// <summary>Size of the device in bytes: that of the geometry, unless somebody cut it short or made it longer.</summary>
    public required long DeviceBytes { get; init; }

    /// <summary>When the ring was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How often the static block was written.</summary>
    public required long Generation { get; init; }

    /// <summary>Whether a wipe has begun: the ring is never opened again.</summary>
    public required bool IsWiping { get; init; }

    /// <summary>Whether each of the two copies of the static block is good.</summary>
    public required ImmutableArray<bool> GoodCopies { get; init; }

    /// <summary>How the key is wrapped.</summary>
    public required ImmutableArray<KeySlotKind> Slots { get; init; }

    /// <summary>Pages by the epoch that wrote them, the oldest first.</summary>
    public required ImmutableArray<EpochFindings> Epochs { get; init; }

    /// <summary>The good state slots, by slot.</summary>
    public required ImmutableArray<StateFindings> States { get; init; }

    /// <summary>Tail slots that hold a page that was open.</summary>
    public required int Snapshots { get; init; }

    /// <summary>Pages in the ring, those that were confirmed and are not overwritten yet included.</summary>
    public required PageSpan Pages { get; init; }

    /// <summary>Pages that were neither confirmed nor evicted, as far as the newest header knows.</summary>
    public required PageSpan Waiting { get; init; }

    /// <summary>Pages of gap records among them all.</summary>
    public required int GapPages { get; init; }

    /// <summary>Records lost since the ring was made, as the newest header says.</summary>
    public required long Lost { get; init; }

    /// <summary>Sequence numbers between waiting pages that are in none of them.</summary>
    public required ImmutableArray<SeqHole> Holes { get; init; }

    /// <summary>How many pages have which flaw; the others are left out.</summary>
    public required ImmutableSortedDictionary<PageFlaw, int> Flaws { get; init; }

    /// <summary>Headers that cannot be true together, each in a sentence.</summary>
    public required ImmutableArray<string> Contradictions { get; init; }
}
