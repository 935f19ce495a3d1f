namespace Sallyport.IotHub.Lifecycle;

/// <summary>The one piece of background work of the moment: an attempt, a wait, or the watch over an open connection.</summary>
internal sealed class ConnectionStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private bool _isEnded;

    private ConnectionStage(long number) => Number = number;

    /// <summary>Tells its notices from those of earlier stages.</summary>
    public long Number { get; }

    /// <summary>Begins work.</summary>
    /// <param name="number">Higher than that of the stage before.</param>
    /// <param name="work">Gets its number and the token that ends it.</param>
    /// <param name="onBug">Gets an exception that nobody expected.</param>
    public static ConnectionStage Begin(long number, Func<long, CancellationToken, Task> work, Action<Exception> onBug)
    {
        var stage = new ConnectionStage(number);
        stage._work = stage.GuardAsync(work, onBug);
        return stage;
    }

    /// <summary>Ends the work and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task GuardAsync(Func<long, CancellationToken, Task> work, Action<Exception> onBug)
    {
        CancellationToken stop = _stop.Token;
        try
        {
            await work(Number, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The usual end.
        }
#pragma warning disable CA1031 // A bug in background work must end the connection's loop, and with it the worker, instead of vanishing.
        catch (Exception e)
#pragma warning restore CA1031
        {
            onBug(e);
        }
    }
}
