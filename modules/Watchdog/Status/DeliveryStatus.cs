namespace Sallyport.Watchdog.Status;

/// <summary>Whether data reaches the cloud.</summary>
/// <param name="State">What it comes to.</param>
/// <param name="Since">When that began.</param>
/// <param name="Reason">Why, in a sentence; empty when all is well.</param>
/// <param name="LastDelivered">When the cloud last had proof of a page; null if not yet.</param>
internal sealed record DeliveryStatus(DeliveryState State, DateTimeOffset Since, string Reason, DateTimeOffset? LastDelivered)
{
    public static DeliveryStatus Unknown { get; } = new(DeliveryState.Unknown, DateTimeOffset.UnixEpoch, "nothing has been looked at yet", LastDelivered: null);
}
