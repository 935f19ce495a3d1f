using System.Diagnostics.Metrics;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Counts what controllers did with requests and connections.</summary>
public sealed class EtherNetIpMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.EtherNetIpReader";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _protocolErrors;
    private readonly Counter<long> _lateReplies;
    private readonly Histogram<double> _roundTrip;
    private readonly Counter<long> _connects;
    private readonly Counter<long> _connectFailures;
    private readonly UpDownCounter<long> _sessions;
    private readonly Counter<long> _openRefusals;
    private readonly Counter<long> _capabilities;
    private readonly Counter<long> _wrongDevices;
    private readonly Counter<long> _quarantines;
    private readonly Counter<long> _statusChanges;

    /// <summary>Creates the instruments.</summary>
    public EtherNetIpMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("sallyport.ethernet_ip.requests", unit: "{request}", description: "Frames of tag requests that were answered.");
        _timeouts = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.timeouts", unit: "{request}", description: "Requests without an answer in time; each ends its session.");
        _protocolErrors = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.protocol_errors", unit: "{frame}", description: "Frames that were not well formed, refused, or answered something else; each ends its session.");
        _lateReplies = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.late_replies", unit: "{reply}", description: "Replies that nobody waited for: late, repeated, or of another connection; they were dropped.");
        _roundTrip = meter.CreateHistogram<double>("sallyport.ethernet_ip.round_trip", unit: "s", description: "Time from a tag request to its whole answer.");
        _connects = meter.CreateCounter<long>("sallyport.ethernet_ip.connects", unit: "{connection}", description: "Sockets that were opened.");
        _connectFailures = meter.CreateCounter<long>("sallyport.ethernet_ip.connect_failures", unit: "{attempt}", description: "Attempts to connect that failed.");
        _sessions = meter.CreateUpDownCounter<long>("sallyport.ethernet_ip.sockets", unit: "{connection}", description: "Sockets that are open.");
        _openRefusals = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.forward_open_refusals", unit: "{request}", description: "Forward Opens that the device refused, those of the ladder included.");
        _capabilities = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.capabilities_learned", unit: "{capability}", description: "Capabilities that a device turned out not to have.");
        _wrongDevices = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.wrong_devices", unit: "{attempt}", description: "Sessions that read nothing since the device was not the one of the electronic key.");
        _quarantines = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.quarantines", unit: "{tag}", description: "Tags that were refused, and are asked for rarely from then on.");
        _statusChanges = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.status_changes", unit: "{change}", description: "Changes of mode, key switch or faults of a controller.");
        foreach (Counter<long> counter in (Counter<long>[])
            [_requests, _timeouts, _protocolErrors, _lateReplies, _connects, _connectFailures, _openRefusals, _capabilities, _wrongDevices, _quarantines, _statusChanges])
        {
            counter.Add(0);
        }

        _sessions.Add(0);
    }

    internal void Answered(TimeSpan duration)
    {
        _requests.Add(1);
        _roundTrip.Record(duration.TotalSeconds);
    }

    internal void TimedOut() => _timeouts.Add(1);

    internal void ProtocolError() => _protocolErrors.Add(1);

    internal void LateReply() => _lateReplies.Add(1);

    internal void Connected()
    {
        _connects.Add(1);
        _sessions.Add(1);
    }

    internal void ConnectFailed() => _connectFailures.Add(1);

    internal void Disconnected() => _sessions.Add(-1);

    internal void ForwardOpenRefused() => _openRefusals.Add(1);

    internal void CapabilityLearned() => _capabilities.Add(1);

    internal void WrongDevice() => _wrongDevices.Add(1);

    internal void Quarantined() => _quarantines.Add(1);

    internal void StatusChanged() => _statusChanges.Add(1);
}
