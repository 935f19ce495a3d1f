using System.Collections.Immutable;

namespace Sallyport.SealedRing.Inspection;

/// <summary>What a ring's key proves. The seals for the cloud are not among it: their keys are gone, only who has the chain's root can check them.</summary>
/// <param name="Pages">Pages of the ring whose tag fits.</param>
/// <param name="Snapshots">Open pages in tail slots whose tag fits.</param>
/// <param name="States">State slots whose tag fits.</param>
/// <param name="Links">Neighbours of which the second holds the seal of the first.</param>
/// <param name="BrokenLinks">Neighbours of which the second holds another seal.</param>
/// <param name="WasClean">Whether the last run ended in order; null if no state says so.</param>
/// <param name="Flaws">How many pages have which flaw.</param>
public sealed record RingProof(
    int Pages, int Snapshots, int States, int Links, int BrokenLinks, bool? WasClean, ImmutableSortedDictionary<PageFlaw, int> Flaws);
