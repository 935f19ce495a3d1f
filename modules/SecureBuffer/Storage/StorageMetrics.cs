using System.Diagnostics.Metrics;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>What the lanes rest on, and what the disk says.</summary>
internal sealed class StorageMetrics
{
    private static readonly (StorageState State, string Word)[] States =
    [
        (StorageState.Opening, "opening"),
        (StorageState.Disk, "disk"),
        (StorageState.Degraded, "degraded"),
        (StorageState.Memory, "memory"),
        (StorageState.Fenced, "fenced"),
        (StorageState.Decommissioned, "decommissioned"),
    ];

    private readonly Counter<long> _commits;
    private readonly Counter<long> _faults;
    private readonly Lanes _lanes;

    public StorageMetrics(IMeterFactory meters, Lanes lanes, LossWindow window)
    {
        _lanes = lanes;
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        _commits = meter.CreateCounter<long>("sallyport.buffer.commits", "{commits}", "Times that records were made durable.");
        _faults = meter.CreateCounter<long>("sallyport.buffer.disk_faults", "{commits}", "Times that the disk did not take a commit.");
        meter.CreateObservableGauge("sallyport.buffer.storage", ReadState, "{states}", "1 for what the records of a lane rest on, 0 for the others.");
        meter.CreateObservableGauge("sallyport.buffer.loss_window", () => window.Now.TotalSeconds, "s", "What a power cut may take of the bulk lane now.");
        meter.CreateObservableGauge(
            "sallyport.buffer.max_latency", () => window.MaxLatency.TotalSeconds, "s", "Age at which a record is due to be sent, as configured: one that is older waits.");
        meter.CreateObservableGauge(
            "sallyport.buffer.way", () => new Measurement<int>(1, new KeyValuePair<string, object?>("way", window.Way)), "{ways}", "1 for the way that records take to the cloud: edgeHub or direct.");
        foreach (Lane lane in lanes.Both)
        {
            _commits.Add(0, Tag(lane));
            _faults.Add(0, Tag(lane));
        }
    }

    /// <summary>The word for a state, as in labels and in the answer of <c>getStatus</c>.</summary>
    public static string WordFor(StorageState state) => Array.Find(States, row => row.State == state).Word;

    public void Committed(Lane lane, DeviceFault? fault) => (fault is null ? _commits : _faults).Add(1, Tag(lane));

    private static KeyValuePair<string, object?> Tag(Lane lane) => new("lane", lane.Name);

    private List<Measurement<int>> ReadState()
    {
        var read = new List<Measurement<int>>();
        foreach (Lane lane in _lanes.Both)
        {
            StorageState now = lane.Storage;
            read.AddRange(States.Select(row => new Measurement<int>(row.State == now ? 1 : 0, Tag(lane), new("state", row.Word))));
        }

        return read;
    }
}
