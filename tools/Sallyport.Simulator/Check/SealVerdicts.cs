using System.Collections.Frozen;

namespace Sallyport.Simulator.Check;

/// <summary>What seals say of all that arrived.</summary>
/// <param name="Proven">Batches whose seal is proven.</param>
/// <param name="Refused">Places, in the order of arrival, of batches from which nothing is to be taken: forged ones, and those that were there before.</param>
internal sealed record SealVerdicts(long Proven, FrozenSet<int> Refused)
{
    /// <summary>Nobody verifies.</summary>
    public static SealVerdicts None { get; } = new(0, []);
}
