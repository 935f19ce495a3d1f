using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>A message in a queue. Compared by identity: the same message may wait twice.</summary>
/// <param name="message">What waits.</param>
/// <param name="expiresAt">Fixed when it was queued; null is never.</param>
internal sealed class QueuedMessage(RoutedMessage message, DateTimeOffset? expiresAt)
{
    public RoutedMessage Message { get; } = message;

    public bool HasExpired(DateTimeOffset now) => expiresAt <= now;
}
