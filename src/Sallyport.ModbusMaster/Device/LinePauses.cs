namespace Sallyport.ModbusMaster.Device;

/// <summary>Knows when a line may be spoken on again. Told of events in any order and from any thread.</summary>
internal sealed class LinePauses
{
    private readonly LineTimes _times;
    private readonly TimeProvider _time;
    private readonly long _openedAt;
    private long _lastEnd;
    private long _lastByte;
    private long _failedAt;
    private volatile bool _drains;

    /// <summary>Begins with a line that was opened now.</summary>
    public LinePauses(LineTimes times, TimeProvider time)
    {
        (_times, _time, _openedAt) = (times, time, time.GetTimestamp());
        (_lastEnd, _lastByte) = (_openedAt - times.RequestPause - times.Silence, _openedAt - times.Silence);
    }

    public void ByteCame(long now) => Volatile.Write(ref _lastByte, now);

    public void RequestEnded(long now) => Volatile.Write(ref _lastEnd, now);

    /// <summary>A reply may still be under way: everything that comes is to be let pass first.</summary>
    public void RequestFailed(long now)
    {
        RequestEnded(now);
        Volatile.Write(ref _failedAt, now);
        _drains = _times.Drain > 0;
    }

    /// <summary>Waits until the next request may be sent.</summary>
    public ValueTask WaitAsync() => _times.HasPauses ? WaitForEachAsync() : ValueTask.CompletedTask;

    private async ValueTask WaitForEachAsync()
    {
        while (Left() is var left and > 0)
        {
            await Task.Delay(_times.Wait(left), _time, CancellationToken.None);
        }

        _drains = false;
    }

    private long Left()
    {
        long lastByte = Volatile.Read(ref _lastByte);
        long lastEnd = Volatile.Read(ref _lastEnd);
        long earliest = Math.Max(_openedAt + _times.ConnectPause, Math.Max(lastEnd + _times.RequestPause, Math.Max(lastByte, lastEnd) + _times.Silence));
        if (_drains)
        {
            earliest = Math.Max(earliest, Math.Max(lastByte, Volatile.Read(ref _failedAt)) + _times.Drain);
        }

        return earliest - _time.GetTimestamp();
    }
}
