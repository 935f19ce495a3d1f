using System.Collections.Immutable;

namespace Sallyport.ModbusReader.Polling;

/// <summary>What a device taught about the addresses of a group, as diagnostics tell it.</summary>
/// <param name="Holes">Places that requests do not span any more.</param>
/// <param name="QuarantinedCount">Points that are asked for rarely.</param>
/// <param name="Quarantined">The first of them.</param>
internal sealed record LearnedState(int Holes, int QuarantinedCount, ImmutableArray<QuarantinedPoint> Quarantined)
{
    /// <summary>The most points that are named.</summary>
    public const int MaxNamed = 32;

    /// <summary>Nothing.</summary>
    public static LearnedState None { get; } = new(Holes: 0, QuarantinedCount: 0, []);
}
