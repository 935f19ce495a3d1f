using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;

namespace Sallyport.Acquisition.Publishing;

/// <summary>Empties both outboxes while the host lives, and what is left in them when it stops.</summary>
/// <param name="outboxes">What is emptied.</param>
/// <param name="hub">Where it goes.</param>
/// <param name="metrics">Counts messages.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of losses.</param>
public sealed class PublishingWorker(
    ReaderOutboxes outboxes, IHubConnection hub, AcquisitionMetrics metrics, TimeProvider time, ILogger<OutboxPublisher> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A background service that is stopped before the thread pool came to it never runs: it would leave the outboxes as they are.
        await _hasBegun.Task.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _hasBegun.SetResult();
        return Task.WhenAll(PublishAsync(outboxes.Telemetry, stoppingToken), PublishAsync(outboxes.Status, stoppingToken));
    }

    private Task PublishAsync(Outbox outbox, CancellationToken stop) =>
        new OutboxPublisher(
            outbox, new HubOutput(hub, outbox.Output), new BackOff(FirstRetry, LongestRetry, Jitter.Next), metrics, time, logger).RunAsync(stop);
}
