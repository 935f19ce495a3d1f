using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>An open wire with the requests that are on their way over it. Once closed it stays closed.</summary>
/// <remarks>One loop receives for as long as the wire is open, so that the end of a quiet connection, late replies and noise are noticed when they come.
/// With one place, the one who waits for a reply goes on inside that loop: no thread is changed between a reply and the next request. All state is
/// guarded by one lock, which is never held while others are told of an end.</remarks>
internal sealed partial class ModbusLine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IWire _wire;
    private readonly IFraming _framing;
    private readonly ConnectionPlan _plan;
    private readonly LineTimes _times;
    private readonly LinePauses _pauses;
    private readonly LineTimer _timer;
    private readonly TimeProvider _time;
    private readonly ModbusMetrics _metrics;
    private readonly Action<string> _closed;
    private readonly PendingExchanges _pending;
    private readonly ReceiveBuffer _buffer = new();
    private readonly LineHealth _health;
    private readonly byte[] _request = new byte[ReadRequestSerializer.MaxTcpSize];
    private long _lastEnd;
    private volatile bool _isClosed;
    private volatile bool _hasAnswered;

    /// <summary>Begins to receive.</summary>
    /// <param name="wire">Belongs to the line from now on.</param>
    /// <param name="plan">How the connection wants to be treated.</param>
    /// <param name="metrics">Counts what belongs to no exchange.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closed">Told once, with the reason, before those who wait are told.</param>
    public ModbusLine(IWire wire, ConnectionPlan plan, ModbusMetrics metrics, TimeProvider time, Action<string> closed)
    {
        (_wire, _plan, _metrics, _time, _closed) = (wire, plan, metrics, time, closed);
        (_times, _pending, _health) = (new LineTimes(plan, time), new PendingExchanges(plan.Depth), new LineHealth(plan));
        _framing = plan.Endpoint.IsBus ? new RtuFraming() : new MbapFraming(plan.IgnoresTransactionId, plan.AcceptsUnit0Or255);
        _pauses = new LinePauses(_times, time);
        _timer = new LineTimer(time, OnTimer);
        _lastEnd = time.GetTimestamp();
        WatchIdleTime_NeedsLock();
        _ = ReceiveAsync();
    }

    /// <summary>Whether requests can be sent.</summary>
    public bool IsOpen => !_isClosed;

    /// <summary>Whether the device paired replies wrongly, or lost requests that it got while it was busy with another.</summary>
    public bool MustNotPipeline => _health.MustNotPipeline;

    /// <summary>Whether it has given any answer yet.</summary>
    public bool HasAnswered => _hasAnswered;

    /// <summary>Waits until the device wants the next request.</summary>
    public ValueTask ReadyAsync() => _pauses.WaitAsync();

    /// <summary>Sends one request and waits for its end. At most as many at a time as the plan has depth.</summary>
    public ValueTask<ExchangeEnd> ExchangeAsync(byte unitId, ModbusRequest request, Memory<byte> data)
    {
        ValueTask<ExchangeEnd> end;
        lock (_lock)
        {
            if (_isClosed)
            {
                return ValueTask.FromResult(ExchangeEnd.Swallowed);
            }

            var exchange = new ReadExchange(_framing.NextTransactionId(), unitId, request);
            int length = _framing.Write(exchange, _request);
            long due = _time.GetTimestamp() + _times.LimitFor(request);
            end = _pending.Free.BeginAsync(exchange, data, due);
            _timer.FireAt(due);
            try
            {
                _wire.Send(_request.AsSpan(0, length));
                return end;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The end of the line, below, is the end of the exchange too.
            }
        }

        Close(_wire.CutReason ?? "the connection is cut");
        return end;
    }

    public void Dispose() => Close("it is not needed any more");

    private async Task ReceiveAsync()
    {
        string reason = "the device closed it";
        try
        {
            int count;
            while ((count = await _wire.ReceiveAsync(_buffer.Free)) > 0)
            {
                Arrived(count);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            reason = "the connection is cut";
        }

        Close(_wire.CutReason ?? reason);
    }

    private void Arrived(int count)
    {
        PendingExchange? answered = null;
        ReadReply reply = default;
        try
        {
            FramingStep step;
            do
            {
                step = Take(count);
                count = 0;
                if (step.Answered is not null)
                {
                    answered?.End(ExchangeEnd.Answered(reply));
                    (answered, reply) = (step.Answered, step.Reply);
                }
            }
            while (step.Consumed > 0 && !_buffer.IsEmpty);
        }
        catch (ModbusProtocolException e)
        {
            Fail(e);
        }

        // Last, since the next request may be sent inside: what came before it was sent must not answer it.
        answered?.End(ExchangeEnd.Answered(reply));
    }

    private FramingStep Take(int count)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return FramingStep.NeedMore;
            }

            if (count > 0)
            {
                _buffer.Received(count);
                _health.BytesCame();
                _pauses.ByteCame(_time.GetTimestamp());
            }

            FramingStep step = _framing.Take(_buffer.Fresh, _pending.All);
            _buffer.Take(step.Consumed);
            _metrics.Received(step);
            if (step.Answered is { } answered)
            {
                answered.Shut();
                _hasAnswered = true;
                _lastEnd = _time.GetTimestamp();
                _pauses.RequestEnded(_lastEnd);
                _pending.Answered(answered.Exchange);
                WatchIdleTime_NeedsLock();
            }

            return step;
        }
    }

    private void WatchIdleTime_NeedsLock()
    {
        if (_times.IdleClose > 0 && !_isClosed)
        {
            _timer.FireAt(_lastEnd + _times.IdleClose);
        }
    }
}
