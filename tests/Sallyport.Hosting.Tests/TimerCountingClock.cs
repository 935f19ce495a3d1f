using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Hosting.Tests;

/// <summary>A clock moved by hand that knows how many time limits of one length were set.</summary>
internal sealed class TimerCountingClock(TimeSpan counted) : FakeTimeProvider
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == counted)
        {
            Interlocked.Increment(ref _count);
        }

        return timer;
    }
}
