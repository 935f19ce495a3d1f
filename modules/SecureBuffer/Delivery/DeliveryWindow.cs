using System.Collections.Immutable;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>The pages that were handed to edgeHub and await their proof.</summary>
/// <param name="Baseline">What edgeHub said before the first of them, when nothing was queued.</param>
/// <param name="Pages">In the order of handing over, with their lanes.</param>
/// <param name="Acknowledged">How many of them edgeHub acknowledged to have queued.</param>
internal sealed record DeliveryWindow(
    EdgeHubReading Baseline,
    ImmutableArray<(Lane Lane, Page Page)> Pages,
    int Acknowledged)
{
    /// <summary>True if an acknowledgement is missing: nobody can say how many copies edgeHub has.</summary>
    public bool IsUncertain => Acknowledged != Pages.Length;

    /// <summary>Set while edgeHub's queue is empty and yet it has not sent everything.</summary>
    public Suspicion? Suspicion { get; init; }
}
