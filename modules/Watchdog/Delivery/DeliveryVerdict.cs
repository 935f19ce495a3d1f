using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>What one look says about delivery.</summary>
/// <param name="Status">For people.</param>
/// <param name="WantsReconnect">SecureBuffer should open another connection.</param>
/// <param name="IsHopeless">It did, or could not, and nothing moves: only people can help now.</param>
/// <param name="Age">Time since the last proof of a page; null before the first.</param>
internal sealed record DeliveryVerdict(DeliveryStatus Status, bool WantsReconnect, bool IsHopeless, TimeSpan? Age);
