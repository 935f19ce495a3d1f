using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <content>The ways in which exchanges and the line end without an answer.</content>
internal sealed partial class ModbusLine
{
    /// <summary>What came does not answer what was asked. A connection is at an end; a bus only has to calm down.</summary>
    private void Fail(ModbusProtocolException fault)
    {
        PendingExchange? victim;
        lock (_lock)
        {
            victim = _pending.Oldest;
            _health.Mismatched(_pending.OpenCount);
            victim?.Shut();
            _buffer.MakeStale();
            _pauses.RequestFailed(_time.GetTimestamp());
        }

        if (!_plan.Endpoint.IsBus)
        {
            Close("an answer did not match. " + fault.Message);
        }

        victim?.End(ExchangeEnd.Broken(fault));
    }

    private void OnTimer()
    {
        PendingExchange? late;
        do
        {
            (late, ExchangeEnd end, string? reason) = Expire();
            if (reason is not null)
            {
                Close(reason);
            }

            late?.End(end);
        }
        while (late is not null);
    }

    private (PendingExchange? Late, ExchangeEnd End, string? CloseReason) Expire()
    {
        lock (_lock)
        {
            _timer.Fired();
            long now = _time.GetTimestamp();
            if (_isClosed || _pending.Oldest is not { } oldest)
            {
                bool isIdle = !_isClosed && _times.IdleClose > 0 && now - _lastEnd >= _times.IdleClose;
                WatchIdleTime_NeedsLock();
                return (null, default, isIdle ? "nobody used it" : null);
            }

            if (now < oldest.Due)
            {
                _timer.FireAt(oldest.Due);
                return default;
            }

            return GiveUp_NeedsLock(oldest, now);
        }
    }

    private (PendingExchange? Late, ExchangeEnd End, string? CloseReason) GiveUp_NeedsLock(PendingExchange late, long now)
    {
        late.Shut();
        ExchangeEnd end = _framing.GiveUp(late.Exchange, _buffer.Fresh);
        if (_plan.Endpoint.IsBus)
        {
            _buffer.MakeStale();
        }

        _lastEnd = now;
        _pauses.RequestFailed(now);
        return (late, end, _health.TimedOut(late.IsOvertaken));
    }

    private void Close(string reason)
    {
        PendingExchange? torn;
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            torn = _buffer.Fresh.IsEmpty ? null : _pending.Oldest;
            _timer.Dispose();
        }

        _wire.Dispose();
        _closed(reason);
        while (Shut() is { } open)
        {
            open.End(ReferenceEquals(open, torn) ? ExchangeEnd.Torn : ExchangeEnd.Swallowed);
        }
    }

    private PendingExchange? Shut()
    {
        lock (_lock)
        {
            PendingExchange? open = _pending.Oldest;
            open?.Shut();
            return open;
        }
    }
}
