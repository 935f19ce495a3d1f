using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>A clock that only the test moves, and that says how many wait for an instant: only when all do, time may go on without moving anybody's grid.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<DateTimeOffset, int> _waiting = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        DateTimeOffset now = GetUtcNow();
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _waiting.AddOrUpdate(now + dueTime, 1, (_, count) => count + 1);
        }

        return timer;
    }

    /// <summary>How many timers were set for this time from the start.</summary>
    public int WaitingFor(TimeSpan sinceStart) => _waiting.GetValueOrDefault(Start + sinceStart);
}
