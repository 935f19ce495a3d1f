using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.Faults;

namespace Sallyport.Simulator.Tests.Faults;

public sealed class FaultScheduleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingTarget _target;
    private readonly FaultSchedule _schedule;

    public FaultScheduleTests()
    {
        _target = new(_time);
        _schedule = new(_target, _time, NullLogger<FaultSchedule>.Instance);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_begins_after_a_third_of_the_run_and_ends_after_its_time()
    {
        var running = await StartAsync([Parse("uplink-cut:5s")], TimeSpan.FromSeconds(30), CancellationToken.None);
        await AdvanceAsync(9);
        Assert.Empty(_target.Done);
        await AdvanceAsync(6);
        await running;
        Assert.Equal(["break UplinkCut at 10", "mend UplinkCut at 15"], _target.Done);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_start_of_its_own_comes_first()
    {
        var running = await StartAsync([Parse("plant-dead:2s@4s")], TimeSpan.FromSeconds(30), CancellationToken.None);
        await AdvanceAsync(6);
        await running;
        Assert.Equal(["break PlantDead at 4", "mend PlantDead at 6"], _target.Done);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_without_length_lasts_to_the_end_of_the_run()
    {
        using var end = new CancellationTokenSource();
        var running = await StartAsync([Parse("plant-slow:200ms@1s")], null, end.Token);
        await AdvanceAsync(1001);
        Assert.Equal(["break PlantSlow at 1"], _target.Done);
        await end.CancelAsync();
        await running;
        Assert.Equal(["break PlantSlow at 1", "mend PlantSlow at 1001"], _target.Done);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_end_of_the_run_mends_what_is_broken_and_leaves_out_what_has_not_begun()
    {
        using var end = new CancellationTokenSource();
        var running = await StartAsync([Parse("uplink-cut:50s@1s"), Parse("edgehub-restart@9s")], null, end.Token);
        await AdvanceAsync(2);
        await end.CancelAsync();
        await running;
        Assert.Equal(["break UplinkCut at 1", "mend UplinkCut at 2"], _target.Done);
    }

    private static FaultSpecification Parse(string text)
    {
        Assert.True(FaultSpecification.TryParse(text, out var specification, out var reason), reason);
        return specification;
    }

    /// <summary>Moves the clock second by second. Without a synchronisation context all that a timer sets off runs inside the call.</summary>
    private Task AdvanceAsync(int seconds) => Task.Run(() =>
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    });

    private async Task<Task> StartAsync(IReadOnlyList<FaultSpecification> faults, TimeSpan? duration, CancellationToken runEnds)
    {
        var running = Task.CompletedTask;
        await Task.Run(() => { running = _schedule.RunAsync(faults, duration, runEnds); }, CancellationToken.None);
        return running;
    }

    private sealed class RecordingTarget(FakeTimeProvider time) : IFaultTarget
    {
        private readonly DateTimeOffset _start = time.GetUtcNow();

        public ConcurrentQueue<string> Done { get; } = new();

        public Task BreakAsync(Fault fault, CancellationToken cancellationToken) => Note("break", fault);

        public Task MendAsync(Fault fault) => Note("mend", fault);

        private Task Note(string what, Fault fault)
        {
            Done.Enqueue($"{what} {fault.GetType().Name} at {(time.GetUtcNow() - _start).TotalSeconds:0}");
            return Task.CompletedTask;
        }
    }
}
