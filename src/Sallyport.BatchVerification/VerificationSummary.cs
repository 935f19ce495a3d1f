using System.Collections.Immutable;

namespace Sallyport.BatchVerification;

/// <summary>What all that arrived proves.</summary>
/// <param name="Forged">Batches that were no ring's.</param>
/// <param name="Streams">Each ring, by its identity.</param>
public sealed record VerificationSummary(long Forged, ImmutableArray<StreamSummary> Streams)
{
    /// <summary>True if nothing was forged, and every ring is proven.</summary>
    public bool IsProven => Forged == 0 && Streams.All(stream => stream.IsProven);
}
