using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>A clock that a test moves by hand, beginning at the real time, and that tells which timers run on it.</summary>
internal sealed class ObservedTime() : FakeTimeProvider(System.GetUtcNow())
{
    private readonly ConcurrentQueue<TimeSpan> _timers = new();
    private readonly ChangeSignal _created = new();

    /// <summary>Waits until timers of this length were started as often as asked, counted from the beginning.</summary>
    public Task WaitForTimerAsync(TimeSpan due, int times, CancellationToken cancellationToken) =>
        _created.WaitUntilAsync(() => _timers.Count(timer => timer == due) >= times, cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Enqueue(dueTime);
        _created.Fire();
        return timer;
    }
}
