using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Configuration;

/// <summary>What the buffer works by.</summary>
/// <param name="SizeInBytes">Of the bulk lane's ring, from the first start on.</param>
/// <param name="AlertsSizeInBytes">Of the alerts lane's ring, from the first start on.</param>
/// <param name="PageInBytes">Size of a body at which its page is full, from the first start on.</param>
/// <param name="MaxLatency">Age at which a page is sealed while the uplink is open.</param>
/// <param name="Proof">What frees a page.</param>
/// <param name="Window">The most pages that edgeHub holds unconfirmed.</param>
/// <param name="CommitInterval">Age at which a record is made durable while the uplink is closed: what a power cut may take.</param>
/// <param name="IsWriteThrough">Whether a message is acknowledged only when it is durable.</param>
/// <param name="Verifier">Who may open the chain of seals; null for nobody yet.</param>
internal sealed record BufferPlan(
    int SizeInBytes,
    int AlertsSizeInBytes,
    int PageInBytes,
    TimeSpan MaxLatency,
    DeliveryProof Proof,
    int Window,
    TimeSpan CommitInterval,
    bool IsWriteThrough,
    VerifierKey? Verifier)
{
    /// <summary>The device that pages leave as, past edgeHub; null if they leave through edgeHub.</summary>
    public DirectUplinkPlan? Direct { get; init; }

    /// <summary>In force before there is any other: nothing that arrives early may be lost.</summary>
    public static BufferPlan Default { get; } =
        new(2 * 1024 * 1024, 256 * 1024, 16 * 1024, TimeSpan.FromSeconds(10), DeliveryProof.EdgeHubMetrics, 8, TimeSpan.FromSeconds(10), IsWriteThrough: false, Verifier: null);
}
