namespace Sallyport.ModbusMaster.Device;

/// <summary>Ends an attempt to connect when its time is up or its caller wants no more.</summary>
internal sealed class ConnectLimit : IDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public ConnectLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _deadline = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, caller);
        _caller = caller;
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the time, not the caller.</summary>
    public bool HasExpired => _deadline.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }
}
