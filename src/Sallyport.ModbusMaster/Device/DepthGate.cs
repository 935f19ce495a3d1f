using System.Diagnostics.CodeAnalysis;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Lets so many callers through at a time, in the order in which they came. Can be narrowed to one for good.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A caller may still wait for the semaphore; without a wait handle it holds nothing to release.")]
internal sealed class DepthGate(int depth)
{
    private readonly SemaphoreSlim _permits = new(depth, depth);
    private readonly Lock _lock = new();
    private volatile int _depth = depth;
    private volatile int _surplus;

    /// <summary>How many are let through now.</summary>
    public int Depth => _depth;

    /// <summary>Whether more callers than that are still inside, since before it was narrowed.</summary>
    public bool IsTooWide => _surplus > 0;

    /// <summary>Waits for a permit.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _permits.WaitAsync(cancellationToken);

    /// <summary>Gives it back.</summary>
    public void Leave()
    {
        if (_surplus > 0)
        {
            lock (_lock)
            {
                if (_surplus > 0)
                {
                    _surplus--;
                    return;
                }
            }
        }

        _permits.Release();
    }

    /// <summary>From now on one at a time.</summary>
    /// <returns>Whether that is news.</returns>
    public bool TryNarrow()
    {
        lock (_lock)
        {
            if (_depth == 1)
            {
                return false;
            }

            int surplus = _depth - 1;
            while (surplus > 0 && _permits.Wait(0, CancellationToken.None))
            {
                surplus--;
            }

            (_depth, _surplus) = (1, surplus);
            return true;
        }
    }

    /// <summary>Waits until nobody is inside.</summary>
    public async Task WaitForAllAsync()
    {
        int all = _depth;
        for (int i = 0; i < all; i++)
        {
            await _permits.WaitAsync(CancellationToken.None);
        }

        _permits.Release(all);
    }
}
