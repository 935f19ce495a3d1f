namespace Sallyport.Acquisition.Polling;

/// <summary>A loop that runs, and the means to end it.</summary>
/// <typeparam name="TGroup">What it polls.</typeparam>
public sealed class RunningPoll<TGroup> : IDisposable
    where TGroup : IGroupPlan<TGroup>
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts the loop on the thread pool.</summary>
    /// <param name="plan">What it polls.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="died">Told when the loop ends by an exception: a fault of ours.</param>
    internal RunningPoll(TGroup plan, PollLoop loop, Action<Exception> died)
    {
        (Plan, Loop) = (plan, loop);
        Completion = Task.Run(() => RunAsync(died), CancellationToken.None);
    }

    /// <summary>What it polls.</summary>
    public TGroup Plan { get; }

    /// <summary>The loop.</summary>
    public PollLoop Loop { get; }

    /// <summary>Ends when the loop has ended. Never fails.</summary>
    public Task Completion { get; }

    /// <summary>Tells the loop to stop; <see cref="Completion"/> says when it has.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(Action<Exception> died)
    {
        try
        {
            await Loop.RunAsync(_stop.Token);
        }
#pragma warning disable CA1031 // The outermost body of a loop: whatever it is, the worker must die of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            died(e);
        }
    }
}
