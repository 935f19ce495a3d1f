using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Scraping;

/// <summary>Looks at everybody at once: metrics and health report.</summary>
/// <param name="pages">Asks.</param>
/// <param name="gatewayHostName">Where edgeHub is, if the plan does not say.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">Both clocks.</param>
internal sealed class GatewayScraper(PageClient pages, string gatewayHostName, ScrapeMetrics metrics, TimeProvider time)
{
    private const int Ok = 200;
    private const int MetricsPort = 9600;

    private readonly long _start = time.GetTimestamp();

    /// <summary>Looks. Whoever does not answer is told apart in the result.</summary>
    public async Task<Look> LookAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        (TimeSpan elapsed, DateTimeOffset at) = (time.GetElapsedTime(_start), time.GetUtcNow());
        TargetLook[] looks = await Task.WhenAll(TargetsOf(plan).Select(target => LookAsync(target, cancellationToken)));
        return new Look(elapsed, at, [.. looks]);
    }

    internal ImmutableArray<Target> TargetsOf(DeliveryPlan plan)
    {
        Uri edgeHub = plan.EdgeHub ?? new UriBuilder(Uri.UriSchemeHttp, gatewayHostName, MetricsPort).Uri;
        return
        [
            .. plan.Modules.Select(module => new Target(module.Name, module.Address, HasHealth: true, module.MemoryLimitInBytes ?? plan.MemoryLimitInBytes)),
            new Target(Target.EdgeHub, edgeHub, HasHealth: false, long.MaxValue),
            .. plan.EdgeAgent is { } edgeAgent ? [new Target(Target.EdgeAgent, edgeAgent, HasHealth: false, long.MaxValue)] : ImmutableArray<Target>.Empty,
        ];
    }

    private async Task<TargetLook> LookAsync(Target target, CancellationToken cancellationToken)
    {
        PageOutcome page = await pages.ReadAsync(new Uri(target.Address, "metrics"), cancellationToken);
        ReportedHealth health = target.HasHealth && page is PageOutcome.Answered
            && await pages.ReadAsync(new Uri(target.Address, "healthz"), cancellationToken) is PageOutcome.Answered report
            ? ReportedHealth.Read(report.Body)
            : ReportedHealth.None;
        switch (page)
        {
            case PageOutcome.Answered { Status: Ok } read when MetricsPage.TryRead(read.Body.Span, WantedMetric.All, out var samples, out _):
                metrics.Read();
                return new TargetLook(target, new Numbers(samples), health, "", IsThere: true);
            case PageOutcome.Answered { Status: Ok } read:
                metrics.Malformed();
                _ = MetricsPage.TryRead(read.Body.Span, WantedMetric.All, out _, out var fault);
                return new TargetLook(target, Numbers: null, health, $"its metrics cannot be read: {fault}", IsThere: true);
            case PageOutcome.Answered refused:
                metrics.Malformed();
                return new TargetLook(target, Numbers: null, health, $"it answers with HTTP {refused.Status}", IsThere: true);
            case PageOutcome.Unreachable unreachable:
                metrics.Unreachable();
                return new TargetLook(target, Numbers: null, health, $"it does not answer: {unreachable.Reason}", IsThere: false);
            default:
                throw new InvalidOperationException("A page is there or not.");
        }
    }
}
