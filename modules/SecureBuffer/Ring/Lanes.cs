using Sallyport.SecureBuffer.Configuration;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The two lanes: alerts have their own, so that telemetry never crowds them out and never stands in front of them.</summary>
internal sealed class Lanes(Lane alerts, Lane bulk, Bell bell, MomentClock clock)
{
    // An alert does not wait for its page to fill.
    private static readonly TimeSpan AlertsLatency = TimeSpan.FromSeconds(1);

    public Lane Alerts => alerts;

    public Lane Bulk => bulk;

    /// <summary>Records that are not confirmed, in both.</summary>
    public long Depth => alerts.Status(clock.Now).Depth + bulk.Status(clock.Now).Depth;

    /// <summary>Puts a record into its lane and wakes the courier.</summary>
    /// <returns>The lane.</returns>
    public Lane Append(RingRecord record)
    {
        Lane lane = record.Type.IsAlert ? alerts : bulk;
        lane.Append(record, clock.Now);
        bell.Ring();
        return lane;
    }

    /// <summary>Takes over the bounds of a plan.</summary>
    public void Apply(BufferPlan plan)
    {
        alerts.Resize(new RingLimits(plan.AlertsSizeInBytes, plan.PageInBytes), clock.Now);
        bulk.Resize(new RingLimits(plan.SizeInBytes, plan.PageInBytes), clock.Now);
    }

    /// <summary>Seals what is open, full or not, and wakes the courier.</summary>
    /// <returns>How many pages that made.</returns>
    public int Seal()
    {
        var pages = (alerts.Seal(clock.Now) ? 1 : 0) + (bulk.Seal(clock.Now) ? 1 : 0);
        bell.Ring();
        return pages;
    }

    /// <summary>How long until there is something to hand over: zero for now, null if nothing is waiting.</summary>
    public TimeSpan? UntilDue(BufferPlan plan)
    {
        TimeSpan? first = alerts.UntilDue(LatencyOf(alerts, plan), clock.Now);
        TimeSpan? second = bulk.UntilDue(LatencyOf(bulk, plan), clock.Now);
        return first is { } one && second is { } other ? (one < other ? one : other) : first ?? second;
    }

    /// <summary>Hands out the next page, alerts first. Null if none is due.</summary>
    public (Lane Lane, Page Page)? Take(BufferPlan plan)
    {
        foreach (Lane lane in (ReadOnlySpan<Lane>)[alerts, bulk])
        {
            TimeSpan latency = LatencyOf(lane, plan);
            lane.SealIfDue(latency, clock.Now);
            if (lane.Take(latency, clock.Now) is { } page)
            {
                return (lane, page);
            }
        }

        return null;
    }

    private TimeSpan LatencyOf(Lane lane, BufferPlan plan) =>
        lane == alerts && plan.MaxLatency > AlertsLatency ? AlertsLatency : plan.MaxLatency;
}
