using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Lets the courier step until the module stops, then until everything is proven or the time is up.</summary>
internal sealed partial class CourierLoop(
    Courier courier,
    Lanes lanes,
    [FromKeyedServices(CourierWorker.BellKey)] Bell bell,
    CurrentPlan<BufferPlan> plans,
    InputIntake intake,
    LaneMetrics metrics,
    TimeProvider time,
    ILogger<CourierLoop> logger)
{
    /// <summary>How long an orderly stop waits for proof.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private BufferPlan Plan => plans.Value?.Plan ?? BufferPlan.Default;

    /// <summary>Runs until <paramref name="stop"/>, and drains.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // A send in flight is not broken off by the stop, only by the end of the drain.
        using var end = new CancellationTokenSource();
        await using ITimer limit = time.CreateTimer(_ => end.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration registration =
            stop.Register(() => limit.Change(DrainLimit, Timeout.InfiniteTimeSpan));
        try
        {
            await DeliverAsync(stop, end.Token);
            intake.Close();
            await DrainAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is up.
        }

        if (lanes.DepthInMemory is > 0 and var lost)
        {
            metrics.Abandoned();
            LogAbandoned(lost);
        }
    }

    private async Task DeliverAsync(CancellationToken stop, CancellationToken end)
    {
        while (!stop.IsCancellationRequested)
        {
            CourierStep step = await courier.StepAsync(Plan, end);
            await SleepAsync(step, stop);
        }
    }

    private async Task DrainAsync(CancellationToken end)
    {
        // What is on disk waits there for the next start; only what edgeHub has is worth waiting for, and all of a ring in memory.
        while (lanes.DepthInMemory > 0 || !courier.IsIdle)
        {
            if (lanes.DepthInMemory > 0)
            {
                lanes.Seal();
            }

            CourierStep step = await courier.StepAsync(Plan, end);
            await SleepAsync(step, end);
            end.ThrowIfCancellationRequested();
        }
    }

    private async Task SleepAsync(CourierStep step, CancellationToken wake)
    {
        try
        {
            if (step.WakesOnWork)
            {
                await bell.SleepAsync(step.Sleep, wake);
            }
            else if (step.Sleep is { } sleep && sleep > TimeSpan.Zero)
            {
                await Task.Delay(sleep, time, wake);
            }
        }
        catch (OperationCanceledException) when (wake.IsCancellationRequested)
        {
            // The caller looks at the token.
        }
    }

    [LoggerMessage(2200, LogLevel.Error, "{Records} records are lost: the module stops, they are in memory only, and their delivery was not proven in time.")]
    private partial void LogAbandoned(long records);
}
