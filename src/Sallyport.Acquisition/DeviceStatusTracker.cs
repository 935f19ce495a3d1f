using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Knows how one device is doing and when it may be asked again, and says so when that changes.</summary>
/// <remarks>Shared by all groups of the device; guarded by one lock. A device that does not answer is left alone for a while, by all groups; then one of them tries.
/// A connection that is down is the same outage for all devices behind it: one of them tries for all.</remarks>
public sealed class DeviceStatusTracker
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly ProbeGate _connection;
    private readonly ProbeGate _device;
    private readonly TimeProvider _time;
    private readonly Action<DeviceStatus> _changed;
    private DeviceStatus _current;

    /// <summary>Creates the tracker and announces the device in state <see cref="DeviceState.Starting"/>.</summary>
    /// <param name="first">The device, its protocol and its session, as in its frames; the state is set here.</param>
    /// <param name="connection">Shared by all devices behind the connection.</param>
    /// <param name="device">Of this device alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told of each change, in order. Must not block and not call back.</param>
    public DeviceStatusTracker(DeviceStatus first, ProbeGate connection, ProbeGate device, TimeProvider time, Action<DeviceStatus> changed)
    {
        (_connection, _device, _time, _changed) = (connection, device, time, changed);
        _current = first with { State = DeviceState.Starting, Since = time.GetUtcNow() };
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

    /// <summary>Asks for leave to ask the device. Every permit is given back: <see cref="Answered"/>, <see cref="NotAnswered"/> or <see cref="Withdraw"/>.</summary>
    /// <returns>False while the device or the connection is left alone, or another one tries it.</returns>
    public bool TryAsk(out AskPermit permit)
    {
        lock (_lock)
        {
            permit = default;
            if (!_connection.TryEnter(out ProbePass connection))
            {
                // Somebody else met the outage; this device shares it.
                GoOffline_NeedsLock(_connection);
                return false;
            }

            if (!_device.TryEnter(out ProbePass device))
            {
                _connection.Withdraw(connection);
                return false;
            }

            permit = new AskPermit(connection, device);
            return true;
        }
    }

    /// <summary>The device answered a poll of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="trouble">What it did not answer well, in a few words; null if every point is good.</param>
    public void Answered(string group, string? trouble)
    {
        lock (_lock)
        {
            _connection.Succeeded();
            _device.Succeeded();
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
    /// <param name="permit">The leave to ask.</param>
    /// <param name="reason">In a few words.</param>
    /// <param name="isConnectionDown">Whether there was no way to the device, so that it was never asked.</param>
    public void NotAnswered(AskPermit permit, string reason, bool isConnectionDown)
    {
        lock (_lock)
        {
            if (isConnectionDown)
            {
                _connection.Failed(permit.Connection, reason);
                _device.Withdraw(permit.Device);
                GoOffline_NeedsLock(_connection);
            }
            else
            {
                _connection.Succeeded();
                _device.Failed(permit.Device, reason);
                GoOffline_NeedsLock(_device);
            }
        }
    }

    /// <summary>The device was not asked after all.</summary>
    public void Withdraw(AskPermit permit)
    {
        _connection.Withdraw(permit.Connection);
        _device.Withdraw(permit.Device);
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

    private void GoOffline_NeedsLock(ProbeGate gate)
    {
        GateState state = gate.State;
        if (state.Failures > 0)
        {
            Move_NeedsLock(DeviceState.Offline, state.Reason, state.Failures, state.NextRetry);
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
