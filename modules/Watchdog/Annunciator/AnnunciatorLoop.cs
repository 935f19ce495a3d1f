using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Gives the beat to all outputs, four times in a second, and takes up new plans.</summary>
internal sealed class AnnunciatorLoop(
    CurrentPlan<WatchdogPlan> plans, StatusBoard board, IOutputMaker maker, AnnunciatorMetrics metrics, TimeProvider time, ILogger<AnnunciatorLoop> logger)
{
    private AnnunciatorPlan _plan = AnnunciatorPlan.Default;
    private DrivenOutput[] _outputs = [];

    /// <summary>Plays until <paramref name="stop"/>, and leaves everything dark.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pattern.Beat, time);
        try
        {
            do
            {
                Beat();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>One beat.</summary>
    internal void Beat()
    {
        if (plans.Value is { } edition && !edition.Plan.Annunciator.Equals(_plan))
        {
            Leave();
            _plan = edition.Plan.Annunciator;
            _outputs = [.. _plan.Outputs.Select(output => new DrivenOutput(output, maker.Make(output.Target, _plan), metrics, logger))];
        }

        GatewayStatus status = board.Current;
        DateTimeOffset now = time.GetUtcNow();
        foreach (DrivenOutput output in _outputs)
        {
            output.Show(PatternChoice.For(output.Role, status, now));
        }
    }

    private void Leave()
    {
        foreach (DrivenOutput output in _outputs)
        {
            output.Dispose();
        }

        _outputs = [];
    }
}
