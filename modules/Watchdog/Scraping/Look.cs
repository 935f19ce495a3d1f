using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;

namespace Sallyport.Watchdog.Scraping;

/// <summary>One look at everybody.</summary>
/// <param name="Elapsed">When, on the clock that nobody sets; durations are taken from it.</param>
/// <param name="At">When, for people.</param>
/// <param name="Targets">In the order of the plan, then edgeHub, then edgeAgent.</param>
internal sealed record Look(TimeSpan Elapsed, DateTimeOffset At, ImmutableArray<TargetLook> Targets)
{
    /// <summary>The numbers of all who gave any.</summary>
    public ImmutableArray<MetricSample> Samples => [.. Targets.SelectMany(look => look.Numbers?.Samples ?? [])];

    /// <summary>What somebody's metrics are; null if it is not asked or does not answer.</summary>
    public Numbers? Of(string name) =>
        Targets.FirstOrDefault(look => string.Equals(look.Target.Name, name, StringComparison.Ordinal))?.Numbers;
}
