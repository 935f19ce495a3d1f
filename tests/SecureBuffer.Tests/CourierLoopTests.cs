using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The loop wakes, applies plans and ends in good order.</summary>
public sealed class CourierLoopTests : IDisposable
{
    // How long a request for edgeHub's metrics may take: a timer that nobody waits for here.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(5);

    private readonly Bench _bench = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _bench.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task New_work_wakes_the_loop_and_a_page_leaves_when_it_is_due()
    {
        Task running = Task.Run(() => _bench.Loop.RunAsync(_stop.Token), TestContext.Current.CancellationToken);
        await AppendAsync("1");

        await AdvanceUntilAsync(running, () => _bench.EdgeHub.Cloud.Count == 1);

        Assert.True(_bench.Moments.Now.Elapsed >= _bench.Plan.MaxLatency);
        await StopAsync(running);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_orderly_stop_seals_what_is_open_and_waits_for_its_proof()
    {
        await AppendAsync("1");
        await _stop.CancelAsync();
        await StopAsync(_bench.Loop.RunAsync(_stop.Token));

        Assert.Single(_bench.EdgeHub.Cloud);
        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.Empty(_bench.LoopLog.Collector.GetSnapshot());
        Assert.Equal(TimeSpan.FromMilliseconds(50), _bench.Moments.Now.Elapsed);
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_not_proven_in_ten_seconds_is_lost_counted_and_logged()
    {
        using var lost = _bench.Collect<long>("sallyport.buffer.records_lost");
        _bench.EdgeHub.IsUplinkOpen = false;
        await AppendAsync("1");
        await _stop.CancelAsync();
        await StopAsync(_bench.Loop.RunAsync(_stop.Token));

        Assert.InRange(_bench.Moments.Now.Elapsed, CourierLoop.DrainLimit, CourierLoop.DrainLimit + TimeSpan.FromSeconds(1));
        Assert.Equal((LogLevel.Error, 2200), (_bench.LoopLog.LatestRecord.Level, _bench.LoopLog.LatestRecord.Id.Id));
        lost.RecordObservableInstruments();
        Assert.Equal(1, lost.GetMeasurementSnapshot().Where(measurement => measurement.Tags["reason"] is "stopped").Sum(measurement => measurement.Value));
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    [Fact(Timeout = 30_000)]
    public async Task While_it_stops_nothing_more_is_taken()
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        await AppendAsync("1");
        await _stop.CancelAsync();
        Task running = _bench.Loop.RunAsync(_stop.Token);

        Assert.False(_bench.Intake.HandleAsync(Bench.Input("2", Bench.Json(2)), TestContext.Current.CancellationToken).IsCompleted);
        await StopAsync(running);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_plan_is_in_force_with_the_next_step()
    {
        Task running = Task.Run(() => _bench.Loop.RunAsync(_stop.Token), TestContext.Current.CancellationToken);
        BufferPlan plan = BufferPlan.Default with { MaxLatency = TimeSpan.FromMilliseconds(200) };
        _bench.Plans.Replace(new CurrentPlan<BufferPlan>.Edition(plan, 2, "cfg"));
        await AppendAsync("1");

        await AdvanceUntilAsync(running, () => _bench.EdgeHub.Cloud.Count == 1);

        Assert.True(_bench.Moments.Now.Elapsed < BufferPlan.Default.MaxLatency);
        await StopAsync(running);
    }

    private Task AppendAsync(string id) =>
        _bench.Intake.HandleAsync(Bench.Input(id, Bench.Json(1)), TestContext.Current.CancellationToken);

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await AdvanceUntilAsync(running, () => running.IsCompleted);
        await running;
    }

    /// <summary>Each time the loop begins to wait, moves the clock to where the wait ends.</summary>
    private async Task AdvanceUntilAsync(Task running, Func<bool> isDone)
    {
        while (!isDone() && !running.IsCompleted)
        {
            Task<TimeSpan> wait = _bench.Clock.NextWaitAsync(TestContext.Current.CancellationToken).AsTask();
            if (await Task.WhenAny(wait, running) == wait && await wait != RequestLimit)
            {
                _bench.Clock.Advance(await wait);
            }
        }
    }
}
