using System.Collections.Immutable;

namespace Sallyport.Acquisition.Polling;

/// <summary>What a device taught about the points of a group, as diagnostics tell it.</summary>
/// <param name="Holes">Places in its address space that requests do not span any more; 0 where points have no addresses.</param>
/// <param name="QuarantinedCount">Points that are asked for rarely.</param>
/// <param name="Quarantined">The first of them.</param>
public sealed record LearnedState(int Holes, int QuarantinedCount, ImmutableArray<QuarantinedPoint> Quarantined)
{
    /// <summary>The most points that are named.</summary>
    public const int MaxNamed = 32;

    /// <summary>Nothing.</summary>
    public static LearnedState None { get; } = new(Holes: 0, QuarantinedCount: 0, []);
}
