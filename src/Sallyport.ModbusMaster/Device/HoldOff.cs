namespace Sallyport.ModbusMaster.Device;

/// <summary>How soon a connection may be tried again. Shared by all units behind it, so that many of them do not knock one after the other.</summary>
/// <remarks>After a connection that served, the next one only has to wait for the pause that the device needs. After one that failed, nobody connects
/// for a while that doubles up to a limit, and all who ask get the reason of the failure; then one attempt is made, during which the others still get it.</remarks>
internal sealed class HoldOff(TimeSpan pause, TimeProvider time, Func<double> random)
{
    private const int MaxDoublings = 10;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _notBefore = long.MinValue;
    private string? _reason;
    private int _failures;
    private bool _isProbing;
    private bool _wasUseless;

    /// <summary>Whether a caller that came now is refused, with the reason of the last failure.</summary>
    public bool Refuses(out string reason)
    {
        lock (_lock)
        {
            reason = _reason ?? "";
            return _reason is not null && (_isProbing || time.GetTimestamp() < _notBefore);
        }
    }

    /// <summary>An attempt begins.</summary>
    /// <returns>How long it has to wait first.</returns>
    public TimeSpan Begin()
    {
        lock (_lock)
        {
            _isProbing = true;
            long now = time.GetTimestamp();
            return now < _notBefore ? time.GetElapsedTime(now, _notBefore) : TimeSpan.Zero;
        }
    }

    /// <summary>The attempt has led to a connection, or its caller gave it up.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isProbing = false;
        }
    }

    /// <summary>The connection gave an answer, whatever it was.</summary>
    public void Served()
    {
        lock (_lock)
        {
            (_failures, _reason, _wasUseless) = (0, null, false);
        }
    }

    /// <summary>A connection gave nothing but bytes that answer nothing. Once may be an accident; a device that always does so is not dialled on and on.</summary>
    public void WasUseless(string reason)
    {
        lock (_lock)
        {
            if (!_wasUseless)
            {
                _wasUseless = true;
                return;
            }
        }

        Failed(reason);
    }

    /// <summary>A connection ended.</summary>
    public void Closed()
    {
        lock (_lock)
        {
            _notBefore = Math.Max(_notBefore, From(pause));
        }
    }

    /// <summary>There is no connection, or it was closed before it gave any answer.</summary>
    public void Failed(string reason)
    {
        lock (_lock)
        {
            TimeSpan ceiling = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(_failures, MaxDoublings)));
            _failures++;
            (_isProbing, _reason) = (false, reason);
            _notBefore = Math.Max(From(pause), From(ceiling * (0.5 + (random() / 2))));
        }
    }

    private long From(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
