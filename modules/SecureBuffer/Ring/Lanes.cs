using Sallyport.SecureBuffer.Configuration;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The two lanes: alerts have their own, so that telemetry never crowds them out and never stands in front of them.</summary>
internal sealed class Lanes(Lane alerts, Lane bulk, Bell courierBell, Bell committerBell, MomentClock clock) : IDisposable
{
    // An alert does not wait for its page to fill.
    private static readonly TimeSpan AlertsLatency = TimeSpan.FromSeconds(1);

    // What this module itself says before its rings are open; more than a start ever says.
    private const int MostEarly = 256;

    private readonly Queue<RingRecord> _early = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    public Lane Alerts => alerts;

    public Lane Bulk => bulk;

    /// <summary>Both, alerts first.</summary>
    public ReadOnlySpan<Lane> Both => (Lane[])[alerts, bulk];

    /// <summary>Records that are not confirmed, in both.</summary>
    public long Depth => alerts.Status(clock.Now).Depth + bulk.Status(clock.Now).Depth;

    /// <summary>Records that end with the process.</summary>
    public long DepthInMemory => InMemory(alerts) + InMemory(bulk);

    /// <summary>Whether both rings are open.</summary>
    public bool IsOpen => _open.Task.IsCompletedSuccessfully;

    /// <summary>Both rings are open: whoever waits goes on.</summary>
    public void Open()
    {
        lock (_lock)
        {
            while (_early.TryDequeue(out RingRecord? early))
            {
                Append(early);
            }

            _open.TrySetResult();
        }

        Wake();
    }

    /// <summary>Takes nothing more of this module itself: what is in the lanes is about to be destroyed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _early.Clear();
        }
    }

    /// <summary>Puts a record of this module itself into its lane, or keeps it until the rings are open.</summary>
    /// <returns>The lane; null if there was no room, or the lanes are closed for good.</returns>
    public Lane? TryAppendOwn(RingRecord record)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            if (IsOpen)
            {
                return Append(record).Lane;
            }

            if (_early.Count == MostEarly)
            {
                return null;
            }

            _early.Enqueue(record);
            return record.Type.IsAlert ? alerts : bulk;
        }
    }

    /// <summary>Puts an announcement into the alerts lane, and follows it.</summary>
    /// <returns>The number that it got.</returns>
    public long Announce(RingRecord announcement)
    {
        lock (_lock)
        {
            var seq = alerts.Append(announcement, clock.Now);
            alerts.Follow(seq);
            Wake();
            return seq;
        }
    }

    /// <summary>Waits until both rings are open.</summary>
    public Task WhenOpenAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);

    /// <summary>Puts a record into its lane and wakes the courier and the committer.</summary>
    /// <returns>The lane, and the number that the record got.</returns>
    public (Lane Lane, long Seq) Append(RingRecord record)
    {
        Lane lane = record.Type.IsAlert ? alerts : bulk;
        var seq = lane.Append(record, clock.Now);
        Wake();
        return (lane, seq);
    }

    /// <summary>Closes what is open, full or not, and wakes the courier.</summary>
    /// <returns>How many pages that made.</returns>
    public int Seal()
    {
        var pages = (alerts.Seal(clock.Now) ? 1 : 0) + (bulk.Seal(clock.Now) ? 1 : 0);
        Wake();
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
        foreach (Lane lane in Both)
        {
            TimeSpan latency = LatencyOf(lane, plan);
            lane.SealIfDue(latency, clock.Now);
            if (lane.Take(latency, clock.Now) is { } page)
            {
                return (lane, page);
            }
        }

        committerBell.Ring();
        return null;
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        alerts.Dispose();
        bulk.Dispose();
    }

    private void Wake()
    {
        courierBell.Ring();
        committerBell.Ring();
    }

    private long InMemory(Lane lane) => lane.Status(clock.Now) is { Storage: StorageState.Memory } status ? status.Depth : 0;

    private TimeSpan LatencyOf(Lane lane, BufferPlan plan) =>
        lane == alerts && plan.MaxLatency > AlertsLatency ? AlertsLatency : plan.MaxLatency;
}
