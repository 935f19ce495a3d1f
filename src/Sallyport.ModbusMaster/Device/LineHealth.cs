using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Judges from time-outs whether a line is still any good.</summary>
internal sealed class LineHealth(ConnectionPlan plan)
{
    // Keep-alive probes are not sent while a request is unanswered: a peer without power would else be noticed after a quarter of an hour.
    private const int MaxSilentTimeouts = 3;

    // Far fewer than ids, so that an id is long out of use when it comes round again; and a device that is so often late deserves a new connection.
    private const int MaxTimeouts = 64;
    private const int MaxTimesOvertaken = 3;

    private int _timeouts;
    private int _silentTimeouts;
    private int _timesOvertaken;
    private volatile bool _mustNotPipeline;

    /// <summary>Whether the device paired replies wrongly, or lost requests that it got while it was busy with another.</summary>
    public bool MustNotPipeline => _mustNotPipeline;

    public void BytesCame() => _silentTimeouts = 0;

    /// <summary>A reply did not match.</summary>
    /// <param name="openCount">How many requests were on their way.</param>
    public void Mismatched(int openCount) => _mustNotPipeline |= openCount > 1;

    /// <summary>A request was not answered in time.</summary>
    /// <param name="wasOvertaken">Whether the same unit had answered another one meanwhile.</param>
    /// <returns>Why the line is to be closed, or null.</returns>
    public string? TimedOut(bool wasOvertaken)
    {
        _timesOvertaken += wasOvertaken ? 1 : 0;
        _mustNotPipeline |= _timesOvertaken >= MaxTimesOvertaken;
        _timeouts++;
        _silentTimeouts++;
        return plan.Endpoint is ModbusEndpoint.Serial ? null
            : plan is { ClosesOnTimeout: true, Endpoint.IsBus: false } ? "a request was not answered in time"
            : _silentTimeouts >= MaxSilentTimeouts ? "nothing came back any more"
            : _timeouts >= MaxTimeouts && !plan.Endpoint.IsBus ? "too many requests were not answered in time"
            : null;
    }
}
