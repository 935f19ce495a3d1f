using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;

namespace Sallyport.Acquisition.Polling;

/// <summary>Keeps exactly the loops running that the plan in force asks for. A new plan does not touch loops whose work stays the same.</summary>
/// <typeparam name="TPlan">Everything the reader is to do.</typeparam>
/// <typeparam name="TSource">What the plan says of a device.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
/// <param name="current">The plan in force.</param>
/// <param name="sourcesOf">The devices of a plan.</param>
/// <param name="sources">Makes devices.</param>
/// <param name="parts">Makes loops.</param>
/// <param name="logger">Told of each plan.</param>
public sealed partial class PollingSupervisor<TPlan, TSource, TGroup>(
    CurrentPlan<TPlan> current,
    Func<TPlan, ImmutableArray<TSource>> sourcesOf,
    IPolledSources<TSource, TGroup> sources,
    PollingParts parts,
    ILogger<PollingSupervisor<TPlan, TSource, TGroup>> logger)
    where TPlan : class
    where TGroup : IGroupPlan<TGroup>
    where TSource : ISourcePlan<TSource, TGroup>
{
    private readonly Dictionary<string, RunningSource<TSource, TGroup>> _sources = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunningSource<TSource, TGroup>[] _snapshot = [];

    /// <summary>The devices that are polled now, by name. Safe from any thread.</summary>
    public IReadOnlyList<RunningSource<TSource, TGroup>> Sources => _snapshot;

    /// <summary>Polls until told to stop. Polls that have begun are finished, and their frames are in the outbox when this returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            CurrentPlan<TPlan>.Edition? edition = null;
            parts.OnDescribed(SpareMemory.GiveBack);
            while (!stop.IsCancellationRequested)
            {
                Task<CurrentPlan<TPlan>.Edition> next = current.WaitForNextAsync(edition, stop);
                await await Task.WhenAny(next, _died.Task);
                edition = await next;
                await ApplyAsync(edition);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The ordered way out.
        }
        finally
        {
            await RetireAsync([.. _sources.Values], "reader stopped");
            await sources.DisposeAsync();
        }
    }

    private async Task ApplyAsync(CurrentPlan<TPlan>.Edition edition)
    {
        ImmutableArray<TSource> plans = sourcesOf(edition.Plan);
        Dictionary<string, TSource> wanted = plans.ToDictionary(plan => plan.Name, StringComparer.Ordinal);
        await RetireAsync(
            [.. _sources.Values.Where(source => !wanted.TryGetValue(source.Plan.Name, out TSource? plan) || !source.Plan.IsSameDeviceAs(plan))],
            "configuration changed");
        await EndPollsAsync(
            [.. from source in _sources.Values
                from poll in source.Polls.Values
                where !IsWanted(poll, wanted[source.Plan.Name])
                select (source, poll)]);
        await sources.KeepOnlyAsync(plans);
        foreach (TSource plan in plans)
        {
            Begin(plan, edition.ConfigurationHash);
        }

        _snapshot = [.. _sources.Values.OrderBy(source => source.Plan.Name, StringComparer.Ordinal)];
        SpareMemory.GiveBack();
        LogApplied(edition.Version, edition.ConfigurationHash, _sources.Count, _sources.Values.Sum(source => source.Polls.Count));
    }

    private void Begin(TSource plan, string configurationHash)
    {
        if (!_sources.TryGetValue(plan.Name, out RunningSource<TSource, TGroup>? source))
        {
            source = new RunningSource<TSource, TGroup>(plan, sources.Create(plan));
            _sources.Add(plan.Name, source);
        }

        source.Use(plan, configurationHash);
        foreach (TGroup group in plan.Polls)
        {
            if (source.Polls.TryGetValue(group.Group, out RunningPoll<TGroup>? running))
            {
                running.Loop.ConfigurationHash = configurationHash;
            }
            else
            {
                PollLoop loop = parts.CreateLoop(
                    plan.Name, plan.Protocol, group, source.Source.CreateReader(group), source.Status, configurationHash);
                source.Polls.TryAdd(group.Group, new RunningPoll<TGroup>(group, loop, e => _died.TrySetException(e)));
            }
        }
    }

    private static bool IsWanted(RunningPoll<TGroup> running, TSource plan) =>
        plan.Polls.Any(group => string.Equals(group.Group, running.Plan.Group, StringComparison.Ordinal) && group.IsSameWorkAs(running.Plan));

    private async Task RetireAsync(RunningSource<TSource, TGroup>[] retired, string reason)
    {
        foreach (RunningSource<TSource, TGroup> source in retired)
        {
            source.Source.StopAsking();
        }

        await EndPollsAsync([.. from source in retired from poll in source.Polls.Values select (source, poll)]);
        foreach (RunningSource<TSource, TGroup> source in retired)
        {
            await source.Source.DisposeAsync();
            source.Status.Stop(reason);
            _sources.Remove(source.Plan.Name);
        }
    }

    private static async Task EndPollsAsync((RunningSource<TSource, TGroup> Source, RunningPoll<TGroup> Poll)[] polls)
    {
        foreach ((_, RunningPoll<TGroup> poll) in polls)
        {
            poll.Stop();
        }

        foreach ((RunningSource<TSource, TGroup> source, RunningPoll<TGroup> poll) in polls)
        {
            await poll.Completion;
            source.Polls.TryRemove(poll.Plan.Group, out _);
            source.Status.Forget(poll.Plan.Group);
            poll.Dispose();
        }
    }

    [LoggerMessage(1210, LogLevel.Information, "Plan {Version} ({ConfigurationHash}) is in force: {Devices} devices, {Loops} poll loops")]
    private partial void LogApplied(long version, string configurationHash, int devices, int loops);
}
