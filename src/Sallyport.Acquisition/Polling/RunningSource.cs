using System.Collections.Concurrent;

namespace Sallyport.Acquisition.Polling;

/// <summary>A device that is polled now, with its loops.</summary>
/// <typeparam name="TSource">What the plan says of it.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
public sealed class RunningSource<TSource, TGroup>
    where TGroup : IGroupPlan<TGroup>
    where TSource : ISourcePlan<TSource, TGroup>
{
    internal RunningSource(TSource plan, IPolledSource<TSource, TGroup> source) => (Plan, Source) = (plan, source);

    /// <summary>The plan in force for it.</summary>
    public TSource Plan { get; private set; }

    /// <summary>How it is doing.</summary>
    public DeviceStatusTracker Status => Source.Status;

    /// <summary>Its loops, by group. Changed by the supervisor only; looked at from anywhere.</summary>
    public ConcurrentDictionary<string, RunningPoll<TGroup>> Polls { get; } = new(StringComparer.Ordinal);

    internal IPolledSource<TSource, TGroup> Source { get; }

    internal void Use(TSource plan, string configurationHash)
    {
        Plan = plan;
        Source.Use(plan, configurationHash);
    }
}
