namespace Sallyport.Identity.Keys;

/// <summary>A turn with the keys of a provider; given back once, however often it is disposed.</summary>
internal sealed class KeyTurn(SemaphoreSlim turn) : IDisposable
{
    private int _isOver;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            turn.Release();
        }
    }
}
