using Sallyport.Hosting;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>How old a record of the bulk lane may be before it is durable or delivered: the one number that a power cut is judged by.</summary>
internal sealed class LossWindow(CourierMetrics uplink, CurrentPlan<BufferPlan> plans)
{
    /// <summary>While the uplink is open, records have the time of a page to be delivered first; most never cost a write.</summary>
    public TimeSpan CommitAge
    {
        get
        {
            BufferPlan plan = plans.Value?.Plan ?? BufferPlan.Default;
            return uplink.State == UplinkState.Open ? plan.CommitInterval + plan.MaxLatency : plan.CommitInterval;
        }
    }

    /// <summary>How old the oldest record gets while everything is well.</summary>
    public TimeSpan MaxLatency => (plans.Value?.Plan ?? BufferPlan.Default).MaxLatency;

    /// <summary>The way that records take to the cloud.</summary>
    public string Way => plans.Value?.Plan.Direct is null ? "edgeHub" : "direct";

    /// <summary>What a power cut may take now.</summary>
    public TimeSpan Now => plans.Value?.Plan is { IsWriteThrough: true } ? TimeSpan.Zero : CommitAge;
}
