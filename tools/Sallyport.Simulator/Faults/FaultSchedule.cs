using Microsoft.Extensions.Logging;

namespace Sallyport.Simulator.Faults;

/// <summary>Breaks things at their time and mends them after theirs.</summary>
internal sealed partial class FaultSchedule(IFaultTarget target, TimeProvider time, ILogger<FaultSchedule> logger)
{
    /// <summary>The start of a fault that names none, without a duration to take a third of.</summary>
    private static readonly TimeSpan DefaultStart = TimeSpan.FromSeconds(10);

    /// <summary>Runs all faults; returns when each has been mended.</summary>
    /// <param name="faults">What and when.</param>
    /// <param name="duration">Length of the run; null when it has no end.</param>
    /// <param name="runEnds">The end of the run: what is broken is mended then, and what has not begun is left out.</param>
    public Task RunAsync(IEnumerable<FaultSpecification> faults, TimeSpan? duration, CancellationToken runEnds) =>
        Task.WhenAll(faults.Select(fault => RunAsync(fault, fault.Start ?? duration / 3 ?? DefaultStart, runEnds)));

    private static TimeSpan? LengthOf(Fault fault) => fault switch
    {
        Fault.UplinkCut cut => cut.For,
        Fault.UplinkSilent silent => silent.For,
        Fault.EdgeHubHalfOpen halfOpen => halfOpen.For,
        Fault.EdgeHubRestart restart => restart.For,
        Fault.Kill kill => kill.For,
        Fault.ExpireSas expire => expire.For,
        Fault.StrangeModule stranger => stranger.For,
        Fault.PlantDead dead => dead.For,
        Fault.PlantRude rude => rude.For,
        Fault.PlantOneConnection one => one.For,
        Fault.ControllerRude rude => rude.For,
        Fault.RevokeDevice revoke => revoke.For,
        Fault.ExpireCertificate expire => expire.For,
        Fault.ClockJump jump => jump.For,
        Fault.DiskFull full => full.For,
        Fault.DiskFailing failing => failing.For,
        Fault.ControllerDownload or Fault.ForgeBatch or Fault.DropBatch or Fault.ReplayBatch => TimeSpan.Zero,
        _ => null,
    };

    private async Task RunAsync(FaultSpecification specification, TimeSpan start, CancellationToken runEnds)
    {
        try
        {
            await Task.Delay(start, time, runEnds);
        }
        catch (OperationCanceledException)
        {
            FaultLeftOut(specification.Text);
            return;
        }

        FaultBegins(specification.Text);
        try
        {
            await target.BreakAsync(specification.Fault, runEnds);
            await Task.Delay(LengthOf(specification.Fault) ?? Timeout.InfiniteTimeSpan, time, runEnds);
        }
        catch (OperationCanceledException)
        {
            // The run is over; what is broken is mended below.
        }

        await target.MendAsync(specification.Fault);
        FaultEnds(specification.Text);
    }

    [LoggerMessage(5700, LogLevel.Warning, "Fault {Fault} begins")]
    private partial void FaultBegins(string fault);

    [LoggerMessage(5701, LogLevel.Warning, "Fault {Fault} ends")]
    private partial void FaultEnds(string fault);

    [LoggerMessage(5702, LogLevel.Warning, "Fault {Fault} is left out: the run ended before its start")]
    private partial void FaultLeftOut(string fault);
}
