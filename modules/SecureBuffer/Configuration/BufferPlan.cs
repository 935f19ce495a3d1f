namespace Sallyport.SecureBuffer.Configuration;

/// <summary>What the buffer works by.</summary>
/// <param name="SizeInBytes">Bound of the bulk lane.</param>
/// <param name="AlertsSizeInBytes">Bound of the alerts lane.</param>
/// <param name="PageInBytes">Size at which a page is full.</param>
/// <param name="MaxLatency">Age at which a page is sealed while the uplink is open.</param>
/// <param name="Proof">What frees a page.</param>
/// <param name="Window">The most pages that edgeHub holds unconfirmed.</param>
internal sealed record BufferPlan(
    int SizeInBytes,
    int AlertsSizeInBytes,
    int PageInBytes,
    TimeSpan MaxLatency,
    DeliveryProof Proof,
    int Window)
{
    /// <summary>In force before there is any other: nothing that arrives early may be lost.</summary>
    public static BufferPlan Default { get; } =
        new(2 * 1024 * 1024, 256 * 1024, 16 * 1024, TimeSpan.FromSeconds(10), DeliveryProof.EdgeHubMetrics, 8);
}
