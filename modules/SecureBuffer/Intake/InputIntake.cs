using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.Hosting.Tracing;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>Takes messages from the inputs into the ring. What edgeHub delivers again is taken once.</summary>
internal sealed partial class InputIntake(
    Lanes lanes, CurrentPlan<BufferPlan> plans, IntakeMetrics metrics, BufferTraces traces, ILogger<InputIntake> logger)
{
    private const int RememberedIds = 4096;

    private readonly RecentIds _recent = new(RememberedIds);
    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>From now on messages are left to edgeHub, which keeps them for the next start.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Handles one message of any input. Returning means that it is in the ring.</summary>
    public async Task HandleAsync(InputMessage input, CancellationToken cancellationToken)
    {
        // Until the ring is open, edgeHub keeps what it has: nothing is acknowledged.
        await lanes.WhenOpenAsync(cancellationToken);
        Activity? ring = traces.Ring(input);
        try
        {
            if (!TryTake(input, ring, out (Lane Lane, long Seq)? place))
            {
                // Not returning is what leaves a message unacknowledged; the connection gives up on the handler when it stops.
                ring.End(BufferTraces.Left);
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            if (place is { } taken && plans.Value?.Plan is { IsWriteThrough: true })
            {
                await taken.Lane.WaitUntilDurableAsync(taken.Seq, cancellationToken);
            }

            ring.End(BufferTraces.Appended);
        }
        finally
        {
            ring.End(BufferTraces.Left);
        }
    }

    // False once it is closed; without a place if the message is known already or is refused.
    private bool TryTake(InputMessage input, Activity? ring, out (Lane Lane, long Seq)? place)
    {
        place = null;
        HubMessage message = input.Message;
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (message.MessageId.Length > 0 && !_recent.Add($"{input.SenderModule}\n{message.MessageId}"))
            {
                metrics.Repeated();
                ring.End(BufferTraces.Repeated);
                return true;
            }

            if (message.Body.Length <= HubMessage.MaxSizeInBytes && !BatchBody.IsRecord(message.Body.Span))
            {
                metrics.Refused();
                ring.End(BufferTraces.Refused, isError: true);
                LogRefused(input.SenderModule, message.MessageId);
                return true;
            }

            (Lane Lane, long Seq) taken = lanes.Append(new RingRecord(TypeOf(message), message.Body, QualityOf(message)) { Span = BufferTraces.SpanOf(ring) });
            metrics.Received(taken.Lane);
            BufferTraces.Place(ring, taken.Lane, taken.Seq);
            place = taken;
            return true;
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
