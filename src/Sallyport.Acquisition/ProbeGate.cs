namespace Sallyport.Acquisition;

/// <summary>Stands in front of something that may not answer. Open while it does; after a failure closed for a while, then exactly one may try (half open), and its
/// outcome opens the gate or closes it for longer.</summary>
/// <param name="backOff">How long it stays closed.</param>
/// <param name="time">The clock.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class ProbeGate(BackOff backOff, TimeProvider time)
{
    private readonly Lock _lock = new();
    private GateState _state;
    private long _failedAt;
    private TimeSpan _wait;
    private bool _isProbing;

    /// <summary>What is known now.</summary>
    public GateState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Asks for leave. Each pass is given back, with the outcome or without one.</summary>
    public bool TryEnter(out ProbePass pass)
    {
        lock (_lock)
        {
            pass = new ProbePass(_state.Failures);
            if (!pass.IsProbe)
            {
                return true;
            }

            bool mayProbe = !_isProbing && time.GetElapsedTime(_failedAt) >= _wait;
            _isProbing |= mayProbe;
            return mayProbe;
        }
    }

    /// <summary>There was an answer, to whomever: all is well.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            (_state, _isProbing) = (default, false);
        }
    }

    /// <summary>There was none. Of several who asked before the failure was known only the first counts: they met the same outage.</summary>
    public void Failed(ProbePass pass, string reason)
    {
        lock (_lock)
        {
            if (pass.Failures != _state.Failures)
            {
                return;
            }

            int failures = pass.Failures + 1;
            _failedAt = time.GetTimestamp();
            _wait = backOff.Next(failures);
            _isProbing = false;
            _state = new GateState(failures, reason, time.GetUtcNow() + _wait);
        }
    }

    /// <summary>The one who had leave did not ask, or does not know what became of it: the next may.</summary>
    public void Withdraw(ProbePass pass)
    {
        lock (_lock)
        {
            _isProbing &= !pass.IsProbe || pass.Failures != _state.Failures;
        }
    }
}
