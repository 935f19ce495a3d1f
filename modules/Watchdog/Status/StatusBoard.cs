namespace Sallyport.Watchdog.Status;

/// <summary>The last look at the gateway, for everybody who shows it. Any number of writers and readers.</summary>
internal sealed class StatusBoard
{
    private readonly Lock _gate = new();
    private GatewayStatus _current = GatewayStatus.Unknown;
    private TaskCompletionSource _next = NewSignal();

    public GatewayStatus Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Replaces the picture by what <paramref name="change"/> makes of it: quickly, and without calling back.</summary>
    public void Change(Func<GatewayStatus, GatewayStatus> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _current = change(_current);
            (changed, _next) = (_next, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Ends as soon as the picture is another than <paramref name="seen"/>.</summary>
    public Task NextAsync(GatewayStatus seen, CancellationToken stop)
    {
        lock (_gate)
        {
            return ReferenceEquals(_current, seen) ? _next.Task.WaitAsync(stop) : Task.CompletedTask;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
