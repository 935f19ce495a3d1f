using Microsoft.Extensions.Hosting;

namespace Sallyport.Acquisition.Polling;

/// <summary>Ties <see cref="PollingSupervisor{TPlan, TSource, TGroup}"/> to the life of the host. Stopped before <see cref="Publishing.PublishingWorker"/>.</summary>
/// <typeparam name="TPlan">Everything the reader is to do.</typeparam>
/// <typeparam name="TSource">What the plan says of a device.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
/// <param name="supervisor">What runs.</param>
public sealed class PollingWorker<TPlan, TSource, TGroup>(PollingSupervisor<TPlan, TSource, TGroup> supervisor) : BackgroundService
    where TPlan : class
    where TGroup : IGroupPlan<TGroup>
    where TSource : ISourcePlan<TSource, TGroup>
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync(stoppingToken);
}
