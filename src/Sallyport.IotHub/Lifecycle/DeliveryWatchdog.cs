namespace Sallyport.IotHub.Lifecycle;

/// <summary>Notices a connection that looks open and delivers nothing. Pure: time comes in as an argument. Thread safe.</summary>
/// <remarks>MQTTnet pings only when nothing was sent, so steady publishing into a dead link keeps it «connected» for ever.</remarks>
/// <param name="limit">Without an acknowledgement for this long, while something is undelivered, the connection is dead.</param>
/// <param name="grace">What was sent may take this long in any case: after an idle hour the first message is not late at once.</param>
internal sealed class DeliveryWatchdog(TimeSpan limit, TimeSpan grace)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TimeSpan> _inFlight = [];
    private readonly Dictionary<long, TimeSpan> _timedOut = [];
    private TimeSpan _lastAcknowledged;
    private long _lastNumber;

    /// <summary>A new connection: nothing is undelivered on it, and it counts as alive now.</summary>
    /// <param name="now">Monotonic time, any origin.</param>
    public void Opened(TimeSpan now)
    {
        lock (_lock)
        {
            _inFlight.Clear();
            _timedOut.Clear();
            _lastAcknowledged = now;
        }
    }

    /// <summary>A message is handed to the socket.</summary>
    /// <returns>Its number, for the calls that follow.</returns>
    public long Sent(TimeSpan now)
    {
        lock (_lock)
        {
            _inFlight.Add(++_lastNumber, now);
            return _lastNumber;
        }
    }

    /// <summary>The sender no longer waits for a message. It stays undelivered.</summary>
    public void TimedOut(long number)
    {
        lock (_lock)
        {
            if (_inFlight.Remove(number, out TimeSpan sent))
            {
                _timedOut.Add(number, sent);
            }
        }
    }

    /// <summary>The broker acknowledged a message. What timed out before that one was sent is forgotten: its sender has sent it again, or gave it up.</summary>
    public void Acknowledged(long number, TimeSpan now)
    {
        lock (_lock)
        {
            _lastAcknowledged = now;
            _inFlight.Remove(number);
            foreach (long earlier in _timedOut.Keys.Where(key => key < number).ToArray())
            {
                _timedOut.Remove(earlier);
            }
        }
    }

    /// <summary>Whether the connection must be restarted.</summary>
    public bool IsStalled(TimeSpan now)
    {
        lock (_lock)
        {
            return now - _lastAcknowledged >= limit && _inFlight.Values.Concat(_timedOut.Values).Any(sent => now - sent >= grace);
        }
    }
}
