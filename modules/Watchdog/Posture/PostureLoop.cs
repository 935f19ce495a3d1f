using Sallyport.Hosting;
using Sallyport.Posture;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Posture;

/// <summary>Makes the checks at the start, each hour, when the plan changed and when somebody asks; everything is told at the start and once a day.</summary>
internal sealed class PostureLoop(
    CurrentPlan<WatchdogPlan> plans, LastPages pages, PostureInspection inspection, PostureTale tale, PostureTwin twin, StatusBoard board, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan WholeInterval = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private PosturePlan? _plan;
    private PostureAssessment? _last;
    private long _lastLook;
    private long _lastWhole;

    /// <summary>Works until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick, time);
        _ = await plans.WaitForNextAsync(known: null, stop);

        // What modules know of themselves comes with the first pages; without any it cannot be told.
        await Task.WhenAny(pages.First, Task.Delay(Tick, time, stop));
        do
        {
            await LookAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Makes all checks now and tells everything; null before there is a plan.</summary>
    public async Task<PostureAssessment?> CheckAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (plans.Value is not { } edition)
            {
                return null;
            }

            return await InspectAsync(edition.Plan.Posture, isWhole: true, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One tick.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            PosturePlan plan = plans.Value!.Plan.Posture;
            if (_last is null || !ReferenceEquals(plan, _plan) || time.GetElapsedTime(_lastLook) >= Interval)
            {
                await InspectAsync(plan, _last is null || time.GetElapsedTime(_lastWhole) >= WholeInterval, cancellationToken);
            }

            await twin.ReportAsync(_last!, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<PostureAssessment> InspectAsync(PosturePlan plan, bool isWhole, CancellationToken cancellationToken)
    {
        PostureAssessment assessment = await inspection.InspectAsync(plan, cancellationToken);
        (_plan, _last, _lastLook) = (plan, assessment, time.GetTimestamp());
        _lastWhole = isWhole ? _lastLook : _lastWhole;
        tale.Tell(assessment, isWhole);
        var summary = new PostureSummary(
            assessment.At,
            assessment.Count(PostureResult.Pass),
            assessment.Count(PostureResult.Fail),
            assessment.Count(PostureResult.Unknown),
            assessment.Count(PostureResult.NotApplicable));
        board.Change(status => status with { Posture = summary });
        return assessment;
    }
}
