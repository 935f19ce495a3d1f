namespace Sallyport.SecureBuffer.Ring;

/// <summary>Wakes one sleeper. A ring while nobody sleeps is remembered, once.</summary>
internal sealed class Bell(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private readonly Lock _lock = new();

    public void Dispose() => _rung.Dispose();

    public void Ring()
    {
        lock (_lock)
        {
            if (_rung.CurrentCount == 0)
            {
                _rung.Release();
            }
        }
    }

    /// <summary>Sleeps until the bell rings, or at most so long; null for as long as it takes.</summary>
    public async Task SleepAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        if (atMost is not { } limit)
        {
            await _rung.WaitAsync(cancellationToken);
            return;
        }

        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Slept long enough.
        }
    }
}
