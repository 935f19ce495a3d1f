using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>Takes messages from the inputs into the ring. What edgeHub delivers again is taken once.</summary>
internal sealed partial class InputIntake(
    Lanes lanes, CurrentPlan<BufferPlan> plans, IntakeMetrics metrics, ILogger<InputIntake> logger)
{
    private const int RememberedIds = 4096;

    private readonly RecentIds _recent = new(RememberedIds);
    private readonly Lock _lock = new();
    private volatile bool _isClosed;

    /// <summary>From now on messages are left to edgeHub, which keeps them for the next start.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Handles one message of any input. Returning means that it is in the ring.</summary>
    public async Task HandleAsync(InputMessage input, CancellationToken cancellationToken)
    {
        if (_isClosed)
        {
            // Not returning is what leaves a message unacknowledged; the connection gives up on the handler when it stops.
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        // Until the ring is open, edgeHub keeps what it has: nothing is acknowledged.
        await lanes.WhenOpenAsync(cancellationToken);
        if (Take(input) is { } taken && plans.Value?.Plan is { IsWriteThrough: true })
        {
            await taken.Lane.WaitUntilDurableAsync(taken.Seq, cancellationToken);
        }
    }

    private (Lane Lane, long Seq)? Take(InputMessage input)
    {
        HubMessage message = input.Message;
        lock (_lock)
        {
            if (message.MessageId.Length > 0 && !_recent.Add($"{input.SenderModule}\n{message.MessageId}"))
            {
                metrics.Repeated();
                return null;
            }

            if (message.Body.Length <= HubMessage.MaxSizeInBytes && !BatchBody.IsRecord(message.Body.Span))
            {
                metrics.Refused();
                LogRefused(input.SenderModule, message.MessageId);
                return null;
            }

            (Lane Lane, long Seq) taken = lanes.Append(new RingRecord(TypeOf(message), message.Body, QualityOf(message)));
            metrics.Received(taken.Lane);
            return taken;
        }
    }

    // A message that says nothing we know is kept all the same, where nobody takes it for telemetry.
    private static MessageType TypeOf(HubMessage message) =>
        MessageType.TryParse(message.Properties.GetValueOrDefault(MessageProperties.MessageType), out MessageType? type)
            ? type
            : MessageType.Diag;

    private static Quality? QualityOf(HubMessage message) => message.Properties.GetValueOrDefault(MessageProperties.Quality) switch
    {
        nameof(Quality.Good) => Quality.Good,
        nameof(Quality.Uncertain) => Quality.Uncertain,
        nameof(Quality.Bad) => Quality.Bad,
        _ => null,
    };

    [LoggerMessage(2000, LogLevel.Warning, "Message {MessageId} of {Sender} is not one JSON object. It is lost.")]
    private partial void LogRefused(string sender, string messageId);
}
