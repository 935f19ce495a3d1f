using System.Diagnostics.Metrics;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>What the courier does, counted; and the state of the uplink.</summary>
internal sealed class CourierMetrics
{
    private static readonly (UplinkState State, string Word)[] States =
    [
        (UplinkState.Unknown, "unknown"),
        (UplinkState.Open, "open"),
        (UplinkState.Waiting, "waiting"),
        (UplinkState.Disconnected, "disconnected"),
        (UplinkState.Unproven, "unproven"),
    ];

    private static readonly (LossSign Sign, string Word)[] Signs =
    [
        (LossSign.EdgeHubRestarted, "edgehub-restarted"),
        (LossSign.Dropped, "dropped"),
        (LossSign.NotSent, "not-sent"),
        (LossSign.Overcounted, "overcounted"),
        (LossSign.Unacknowledged, "unacknowledged"),
    ];

    private readonly Counter<long> _sent;
    private readonly Counter<long> _confirmed;
    private readonly Counter<long> _resent;
    private readonly Counter<long> _proofFailures;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _checkpointFailures;
    private UplinkState _state;
    private int _unconfirmed;

    public CourierMetrics(IMeterFactory meters, Lanes lanes)
    {
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        _sent = meter.CreateCounter<long>("sallyport.buffer.pages_sent", "{pages}", "Pages handed to edgeHub, resends included.");
        _confirmed = meter.CreateCounter<long>("sallyport.buffer.pages_confirmed", "{pages}", "Pages freed on proof of delivery.");
        _resent = meter.CreateCounter<long>("sallyport.buffer.pages_unproven", "{pages}", "Pages whose delivery was not proven, so that they are sent again.");
        _proofFailures = meter.CreateCounter<long>("sallyport.buffer.proof_failures", "{requests}", "Times that edgeHub's metrics could not be read.");
        _checkpoints = meter.CreateCounter<long>("sallyport.buffer.checkpoints", "{pages}", "Pages that the device signed.");
        _checkpointFailures = meter.CreateCounter<long>("sallyport.buffer.checkpoint_failures", "{pages}", "Pages that the device was to sign and did not.");
        meter.CreateObservableGauge("sallyport.buffer.pages_unconfirmed", () => Volatile.Read(ref _unconfirmed), "{pages}", "Pages that edgeHub holds without proof.");
        meter.CreateObservableGauge("sallyport.buffer.uplink", ReadState, "{states}", "1 for the state that the uplink is in, 0 for the others.");

        foreach (Lane lane in (ReadOnlySpan<Lane>)[lanes.Alerts, lanes.Bulk])
        {
            _sent.Add(0, Tag(lane));
            _confirmed.Add(0, Tag(lane));
            _checkpoints.Add(0, Tag(lane));
            _checkpointFailures.Add(0, Tag(lane));
        }

        foreach ((LossSign _, var word) in Signs)
        {
            _resent.Add(0, new KeyValuePair<string, object?>("sign", word));
        }

        ProofFailed("unreachable", 0);
        ProofFailed("malformed", 0);
    }

    /// <summary>The state of the uplink.</summary>
    public UplinkState State => _state;

    /// <summary>The word for a state, as in labels and in the answer of <c>getStatus</c>.</summary>
    public static string WordFor(UplinkState state) => Array.Find(States, row => row.State == state).Word;

    /// <summary>The word for a sign of loss, as in labels.</summary>
    public static string WordFor(LossSign sign) => Array.Find(Signs, row => row.Sign == sign).Word;

    public void Sent(Lane lane) => _sent.Add(1, Tag(lane));

    public void Confirmed(Lane lane, int pages) => _confirmed.Add(pages, Tag(lane));

    public void Lost(LossSign sign, int pages) =>
        _resent.Add(pages, new KeyValuePair<string, object?>("sign", WordFor(sign)));

    public void ProofFailed(string reason, int times = 1) =>
        _proofFailures.Add(times, new KeyValuePair<string, object?>("reason", reason));

    public void Signed(Lane lane) => _checkpoints.Add(1, Tag(lane));

    public void SigningFailed(Lane lane) => _checkpointFailures.Add(1, Tag(lane));

    public void Unconfirmed(int pages) => Volatile.Write(ref _unconfirmed, pages);

    /// <returns>Whether it is another state than before.</returns>
    public bool Enter(UplinkState state)
    {
        var isChange = _state != state;
        _state = state;
        return isChange;
    }

    private static KeyValuePair<string, object?> Tag(Lane lane) => new("lane", lane.Name);

    private IEnumerable<Measurement<int>> ReadState() =>
        States.Select(row => new Measurement<int>(row.State == _state ? 1 : 0, new KeyValuePair<string, object?>("state", row.Word)));
}
