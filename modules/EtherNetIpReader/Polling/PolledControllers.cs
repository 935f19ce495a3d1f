using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIpOriginator.Configuration;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Makes controllers. Each has its own connections, so that nothing is shared that would have to be closed besides.</summary>
internal sealed class PolledControllers(
    OpenControllers controllers,
    MismatchAlarm alarm,
    FrameAssembler assembler,
    PollingParts parts,
    ReadingMetrics metrics,
    TimeProvider time,
    ILoggerFactory logs) : IPolledSources<SourcePlan, PollPlan>
{
    /// <inheritdoc/>
    public Task KeepOnlyAsync(IReadOnlyCollection<SourcePlan> plans) => Task.CompletedTask;

    /// <inheritdoc/>
    public IPolledSource<SourcePlan, PollPlan> Create(SourcePlan plan) =>
        new PolledController(plan, controllers, alarm, assembler, parts, metrics, time, logs);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
