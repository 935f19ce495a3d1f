using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>The times of a line, in units of the clock's timestamps.</summary>
internal sealed class LineTimes
{
    private readonly ModbusEndpoint.Serial? _serial;
    private readonly long _timeout;
    private readonly long _frequency;

    public LineTimes(ConnectionPlan plan, TimeProvider time)
    {
        _frequency = time.TimestampFrequency;
        _serial = plan.Endpoint as ModbusEndpoint.Serial;
        _timeout = Units(plan.Timeout);
        RequestPause = Units(plan.RequestPause);
        ConnectPause = Units(plan.ConnectPause);
        IdleClose = Units(plan.IdleClose);
        Silence = _serial is null ? 0 : Units(_serial.Silence);
        Drain = plan.Endpoint.IsBus ? Units(plan.Drain ?? plan.Timeout) : 0;
    }

    /// <summary>Between requests.</summary>
    public long RequestPause { get; }

    /// <summary>Between connecting and the first request.</summary>
    public long ConnectPause { get; }

    /// <summary>How long a line may be unused; 0 for ever.</summary>
    public long IdleClose { get; }

    /// <summary>How long nobody may have spoken before a frame on a serial line.</summary>
    public long Silence { get; }

    /// <summary>How long a bus must have been silent after a request that failed: as long as its reply might still be under way.</summary>
    public long Drain { get; }

    /// <summary>Whether a request may ever have to wait.</summary>
    public bool HasPauses => (RequestPause | ConnectPause | Silence | Drain) != 0;

    /// <summary>How long a request may take. On a slow serial line the bytes themselves may need longer than the device.</summary>
    public long LimitFor(ModbusRequest request) => _serial is null
        ? _timeout
        : _timeout + Units(_serial.WireTime(ReadRequestSerializer.MaxRtuSize + new RtuExchange(0, request).MaxReplyLength));

    /// <summary>So long, in whole milliseconds and at least one: timers know nothing finer.</summary>
    public TimeSpan Wait(long units) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(units * 1000.0 / _frequency)));

    private long Units(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds * _frequency);
}
