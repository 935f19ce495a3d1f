using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Knows how one device is doing and when it may be asked again, and says so when that changes.</summary>
/// <remarks>Shared by all groups of the device; guarded by one lock. A device that does not answer is left alone for a while, by all groups.</remarks>
public sealed class DeviceStatusTracker
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly BackOff _backOff;
    private readonly TimeProvider _time;
    private readonly Action<DeviceStatus> _changed;
    private DeviceStatus _current;
    private long _failedAt;
    private TimeSpan _wait;

    /// <summary>Creates the tracker and announces the device in state <see cref="DeviceState.Starting"/>.</summary>
    /// <param name="source">The device.</param>
    /// <param name="protocol">As in its frames.</param>
    /// <param name="session">As in its frames.</param>
    /// <param name="backOff">How long it is left alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told of each change, in order. Must not block and not call back.</param>
    public DeviceStatusTracker(
        string source, string protocol, string session, BackOff backOff, TimeProvider time, Action<DeviceStatus> changed)
    {
        (_backOff, _time, _changed) = (backOff, time, changed);
        _current = new DeviceStatus(source, protocol, session, DeviceState.Starting, time.GetUtcNow());
        changed(_current);
    }

    /// <summary>The state now, with the failures and the next retry as they stand.</summary>
    public DeviceStatus Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Whether the device may be asked, or is still to be left alone.</summary>
    public bool MayAsk()
    {
        lock (_lock)
        {
            return _current.ConsecutiveFailures == 0 || _time.GetElapsedTime(_failedAt) >= _wait;
        }
    }

    /// <summary>The device answered a poll of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="trouble">What it did not answer well, in a few words; null if every point is good.</param>
    public void Answered(string group, string? trouble)
    {
        lock (_lock)
        {
            _troubles.Remove(group);
            if (trouble is not null)
            {
                _troubles.Add(group, trouble);
            }

            string? reason = null;
            foreach (string found in _troubles.Values)
            {
                reason = found;
            }

            Move_NeedsLock(reason is null ? DeviceState.Online : DeviceState.Degraded, reason, failures: 0, nextRetry: null);
        }
    }

    /// <summary>The device did not answer, or not in words that can be trusted.</summary>
    /// <param name="reason">In a few words.</param>
    public void NotAnswered(string reason)
    {
        lock (_lock)
        {
            int failures = _current.ConsecutiveFailures + 1;
            _failedAt = _time.GetTimestamp();
            _wait = _backOff.Next(failures);
            Move_NeedsLock(DeviceState.Offline, reason, failures, _time.GetUtcNow() + _wait);
        }
    }

    /// <summary>A group is no longer polled: its troubles count no more.</summary>
    public void Forget(string group)
    {
        lock (_lock)
        {
            _troubles.Remove(group);
        }
    }

    /// <summary>The device is no longer asked.</summary>
    /// <param name="reason">Why, in a few words.</param>
    public void Stop(string reason)
    {
        lock (_lock)
        {
            Move_NeedsLock(DeviceState.Stopped, reason, failures: 0, nextRetry: null);
        }
    }

    private void Move_NeedsLock(DeviceState state, string? reason, int failures, DateTimeOffset? nextRetry)
    {
        bool isChange = state != _current.State;
        _current = _current with
        {
            State = state,
            Since = isChange ? _time.GetUtcNow() : _current.Since,
            Reason = reason,
            ConsecutiveFailures = failures,
            NextRetry = nextRetry,
        };
        if (isChange)
        {
            _changed(_current);
        }
    }
}
