using Microsoft.Extensions.Logging;

namespace Sallyport.Acquisition;

/// <summary>Sends what is in an outbox, one message after the other, each again and again until it is acknowledged.</summary>
/// <remarks>The next message waits for the one before: that is what keeps the order.</remarks>
public sealed partial class OutboxPublisher(
    Outbox outbox, IMessageSender sender, BackOff backOff, AcquisitionMetrics metrics, TimeProvider time, ILogger<OutboxPublisher> logger)
{
    /// <summary>How long an ordered stop waits for what is left.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private OutboxEntry? _inFlight;

    /// <summary>Publishes until told to stop, and then until the outbox is empty or <see cref="DrainLimit"/> has passed.</summary>
    /// <param name="stop">Cancelled when nobody adds to the outbox any more.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource();
        using ITimer patience = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration stopping = stop.UnsafeRegister(
            _ =>
            {
                outbox.Complete();
                patience.Change(DrainLimit, Timeout.InfiniteTimeSpan);
            },
            state: null);
        try
        {
            while (await outbox.TakeAsync(limit.Token) is { } entry)
            {
                _inFlight = entry;
                await DeliverAsync(entry, limit.Token);
                _inFlight = null;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LogAbandoned(outbox.Output, outbox.Abandon(_inFlight));
        }
    }

    private async Task DeliverAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            switch (await sender.SendAsync(entry.Message, cancellationToken))
            {
                case Delivery.Acknowledged:
                    metrics.Published(outbox.Output);
                    return;
                case Delivery.TooLarge:
                    LogTooLarge(entry.Message.MessageId, entry.Message.Body.Length);
                    outbox.GiveUp(entry);
                    return;
                default:
                    metrics.Retried(outbox.Output);
                    await Task.Delay(backOff.Next(attempt), time, cancellationToken);
                    break;
            }
        }
    }

    [LoggerMessage(1000, LogLevel.Warning, "Stopped with {Count} messages for output {Output} not sent")]
    private partial void LogAbandoned(string output, int count);

    [LoggerMessage(1001, LogLevel.Error, "Message {MessageId} of {SizeInBytes} bytes is too large and was dropped")]
    private partial void LogTooLarge(string messageId, int sizeInBytes);
}
