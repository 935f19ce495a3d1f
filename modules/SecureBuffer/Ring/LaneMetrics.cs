using System.Diagnostics.Metrics;
using Sallyport.SealedRing;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>What the lanes hold and lose. Read from the rings when somebody asks.</summary>
internal sealed class LaneMetrics
{
    private readonly Lanes _lanes;
    private readonly MomentClock _clock;
    private readonly Dictionary<string, long> _abandoned = new(StringComparer.Ordinal);

    public LaneMetrics(IMeterFactory meters, Lanes lanes, MomentClock clock)
    {
        _lanes = lanes;
        _clock = clock;
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        meter.CreateObservableGauge("sallyport.buffer.depth", () => Each(lane => lane.Depth), "{records}", "Records whose delivery is not proven.");
        meter.CreateObservableGauge("sallyport.buffer.size", () => Each(lane => lane.Bytes), "By", "Bytes of the ring that hold them, encrypted, and of memory that wait for a commit.");
        meter.CreateObservableGauge("sallyport.buffer.capacity", () => Each(lane => lane.CapacityInBytes), "By", "Size at which the oldest page is evicted.");
        meter.CreateObservableGauge("sallyport.buffer.undurable", () => Each(lane => lane.Undurable), "{records}", "Records that a power cut would take now.");
        meter.CreateObservableGauge("sallyport.buffer.oldest_age", () => Each(lane => lane.OldestAge.TotalSeconds), "s", "How long the oldest record has been waiting.");
        meter.CreateObservableCounter("sallyport.buffer.records", () => Each(lane => lane.NextSeq), "{records}", "Sequence numbers given, those of gap records included.");
        meter.CreateObservableCounter(
            "sallyport.buffer.spans_forgotten",
            () => Both.Select(lane => new Measurement<long>(lane.SpansForgotten, Tag(lane.Name))),
            "{spans}",
            "Spans of records that waited in too large a number: the span of their page has no links to them.");
        meter.CreateObservableCounter("sallyport.buffer.records_lost", ReadLost, "{records}", "Records lost, by reason.");
    }

    /// <summary>What is still there is lost, because the process ends.</summary>
    public void Abandoned()
    {
        foreach (Lane lane in Both)
        {
            LaneStatus status = lane.Status(_clock.Now);
            _abandoned[lane.Name] = status.Storage == StorageState.Memory ? status.Depth : 0;
        }
    }

    private Lane[] Both => [_lanes.Alerts, _lanes.Bulk];

    private IEnumerable<Measurement<T>> Each<T>(Func<LaneStatus, T> read)
        where T : struct => Both.Select(lane => new Measurement<T>(read(lane.Status(_clock.Now)), Tag(lane.Name)));

    private IEnumerable<Measurement<long>> ReadLost()
    {
        foreach (Lane lane in Both)
        {
            foreach ((LossReason reason, var records) in lane.Status(_clock.Now).Lost)
            {
                yield return new Measurement<long>(records, Tag(lane.Name), new("reason", LossWords.For(reason)));
            }

            yield return new Measurement<long>(_abandoned.GetValueOrDefault(lane.Name), Tag(lane.Name), new("reason", LossWords.Stopped));
        }
    }

    private static KeyValuePair<string, object?> Tag(string lane) => new("lane", lane);
}
