using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusReader.Polling;

/// <summary>A loop that runs, and the means to end it.</summary>
internal sealed class RunningPoll : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts the loop on the thread pool.</summary>
    /// <param name="plan">What it polls.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="died">Told when the loop ends by an exception: a fault of ours.</param>
    public RunningPoll(PollPlan plan, PollLoop loop, Action<Exception> died)
    {
        (Plan, Loop) = (plan, loop);
        Completion = Task.Run(() => RunAsync(died), CancellationToken.None);
    }

    public PollPlan Plan { get; }

    public PollLoop Loop { get; }

    /// <summary>Ends when the loop has ended. Never fails.</summary>
    public Task Completion { get; }

    /// <summary>Tells the loop to stop; <see cref="Completion"/> says when it has.</summary>
    public void Stop() => _stop.Cancel();

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
