using System.Diagnostics.Metrics;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Counts what devices did with requests and connections.</summary>
public sealed class ModbusMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.ModbusReader";

    // The specification's codes; others are counted under their number when they come.
    private static readonly byte[] KnownCodes = [1, 2, 3, 4, 5, 6, 8, 10, 11];

    private readonly Counter<long> _reads;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _protocolErrors;
    private readonly Counter<long> _unreachable;
    private readonly Histogram<double> _roundTrip;
    private readonly Counter<long> _connects;
    private readonly Counter<long> _connectFailures;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _lateReplies;
    private readonly Counter<long> _discardedBytes;
    private readonly Counter<long> _depthFallbacks;
    private readonly Counter<long> _relaxed;

    /// <summary>Creates the instruments.</summary>
    public ModbusMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _reads = meter.CreateCounter<long>("sallyport.modbus.reads", unit: "{request}", description: "Read requests that were answered with data.");
        _refusals = meter.CreateCounter<long>("sallyport.modbus.refusals", unit: "{request}", description: "Read requests that the device refused, by exception code.");
        _timeouts = meter.CreateCounter<long>("sallyport.modbus.timeouts", unit: "{request}", description: "Read requests without a whole answer in time.");
        _protocolErrors = meter.CreateCounter<long>(
            "sallyport.modbus.protocol_errors", unit: "{request}", description: "Read requests that something else than their answer came back to, by the field that was wrong.");
        _unreachable = meter.CreateCounter<long>("sallyport.modbus.unreachable", unit: "{request}", description: "Read requests that failed for want of a connection.");
        _roundTrip = meter.CreateHistogram<double>("sallyport.modbus.round_trip", unit: "s", description: "Time from the request to its whole answer.");
        _connects = meter.CreateCounter<long>("sallyport.modbus.connects", unit: "{connection}", description: "Connections that were opened.");
        _connectFailures = meter.CreateCounter<long>("sallyport.modbus.connect_failures", unit: "{attempt}", description: "Attempts to connect that failed.");
        _connections = meter.CreateUpDownCounter<long>("sallyport.modbus.connections", unit: "{connection}", description: "Connections that are open.");
        _lateReplies = meter.CreateCounter<long>(
            "sallyport.modbus.late_replies", unit: "{reply}", description: "Replies to requests that had been given up; they were dropped.");
        _discardedBytes = meter.CreateCounter<long>(
            "sallyport.modbus.discarded_bytes", unit: "By", description: "Bytes on serial lines that belonged to no awaited reply: noise, echoes, frames of others, late replies.");
        _depthFallbacks = meter.CreateCounter<long>(
            "sallyport.modbus.depth_fallbacks", unit: "{connection}", description: "Connections that were set back to one request at a time for good.");
        _relaxed = meter.CreateCounter<long>(
            "sallyport.modbus.relaxed_connects", unit: "{connection}",
            description: "TLS connections that were opened with less demanded of the device's certificate than could be, by relaxation.");
        foreach (TlsRelaxation relaxation in Enum.GetValues<TlsRelaxation>())
        {
            _relaxed.Add(0, Relaxation(relaxation));
        }

        foreach (byte code in KnownCodes)
        {
            _refusals.Add(0, Code(code));
        }

        foreach (ModbusFault fault in Enum.GetValues<ModbusFault>())
        {
            _protocolErrors.Add(0, Field(fault));
        }

        foreach (Counter<long> counter in (Counter<long>[])[_reads, _timeouts, _unreachable, _connects, _connectFailures, _lateReplies, _discardedBytes, _depthFallbacks])
        {
            counter.Add(0);
        }

        _connections.Add(0);
    }

    /// <summary>A request failed without trying, since there is no connection.</summary>
    internal void Unreachable() => _unreachable.Add(1);

    /// <summary>A request ended.</summary>
    internal void Ended(in ExchangeEnd end, TimeSpan duration)
    {
        switch (end.How)
        {
            case ExchangeEnd.Kind.Answered when end.Reply.Exception is { } code:
                _refusals.Add(1, Code(code.Value));
                _roundTrip.Record(duration.TotalSeconds);
                break;
            case ExchangeEnd.Kind.Answered:
                _reads.Add(1);
                _roundTrip.Record(duration.TotalSeconds);
                break;
            case ExchangeEnd.Kind.TimedOut:
                _timeouts.Add(1);
                break;
            case ExchangeEnd.Kind.Broken:
                _protocolErrors.Add(1, Field(end.Fault!.Fault));
                break;
            default:
                _unreachable.Add(1);
                break;
        }
    }

    /// <summary>Something came over a wire.</summary>
    internal void Received(in FramingStep step)
    {
        if (step.IsLate)
        {
            _lateReplies.Add(1);
        }

        if (step.Discarded > 0)
        {
            _discardedBytes.Add(step.Discarded);
        }
    }

    /// <summary>A connection was set back to a depth of 1.</summary>
    internal void DepthFellBack() => _depthFallbacks.Add(1);

    /// <summary>A connection was opened for which an operator has less demanded.</summary>
    internal void Relaxed(TlsRelaxation relaxation) => _relaxed.Add(1, Relaxation(relaxation));

    /// <summary>The relaxation in metrics and logs.</summary>
    internal static string WordOf(TlsRelaxation relaxation) => relaxation is TlsRelaxation.ForeignCertificate ? "foreign-certificate" : "no-revocation-lists";

    /// <summary>A connection was opened.</summary>
    public void Connected()
    {
        _connects.Add(1);
        _connections.Add(1);
    }

    /// <summary>An attempt to connect failed.</summary>
    public void ConnectFailed() => _connectFailures.Add(1);

    /// <summary>A connection was closed.</summary>
    public void Disconnected() => _connections.Add(-1);

    private static KeyValuePair<string, object?> Relaxation(TlsRelaxation relaxation) => new("relaxation", WordOf(relaxation));

    private static KeyValuePair<string, object?> Code(byte code) => new("code", (int)code);

    private static KeyValuePair<string, object?> Field(ModbusFault fault) => new("field", ReadFailure.NameOf(fault));
}
