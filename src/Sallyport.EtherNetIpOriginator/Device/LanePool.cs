using System.Diagnostics.CodeAnalysis;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Lends the lanes of a session, each to one at a time and in turn, so that none is quiet for long.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A caller may still wait for the semaphore; without a wait handle it holds nothing to release.")]
internal sealed class LanePool
{
    private readonly SemaphoreSlim _permits;
    private readonly Queue<Lane> _free;

    public LanePool(IReadOnlyCollection<Lane> lanes)
    {
        _permits = new SemaphoreSlim(lanes.Count, lanes.Count);
        _free = new Queue<Lane>(lanes);
        Count = lanes.Count;
    }

    /// <summary>How many lanes there are.</summary>
    public int Count { get; }

    /// <summary>Waits for a lane.</summary>
    public ValueTask<Lane> TakeAsync(CancellationToken stop) => TryEnter() ? new ValueTask<Lane>(Dequeue()) : WaitAsync(stop);

    /// <summary>Takes the lane that was not used for the longest time, if one is free.</summary>
    public bool TryTake([NotNullWhen(true)] out Lane? lane)
    {
        lane = TryEnter() ? Dequeue() : null;
        return lane is not null;
    }

    /// <summary>Gives it back.</summary>
    public void Return(Lane lane)
    {
        lock (_free)
        {
            _free.Enqueue(lane);
        }

        _permits.Release();
    }

    private bool TryEnter() => _permits.Wait(0, CancellationToken.None);

    private async ValueTask<Lane> WaitAsync(CancellationToken stop)
    {
        await _permits.WaitAsync(stop);
        return Dequeue();
    }

    private Lane Dequeue()
    {
        lock (_free)
        {
            return _free.Dequeue();
        }
    }
}
