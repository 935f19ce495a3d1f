using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Events;

/// <summary>Takes what other modules tell: events, and states of devices. What is neither is counted and passed over.</summary>
/// <remarks>edgeHub stamps who sent a message, and nobody can forge it; an event that names another module is not believed.</remarks>
internal sealed partial class EventIntake(DeviceBoard devices, RecentEvents recent, IntakeMetrics metrics, ILogger<EventIntake> logger)
{
    /// <summary>The input.</summary>
    public const string Input = "events";

    /// <summary>Handles one message; the connection calls it with one at a time.</summary>
    public Task HandleAsync(InputMessage input, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> body = input.Message.Body.Span;
        switch (input.Message.Properties.GetValueOrDefault(MessageProperties.Schema))
        {
            case DeviceStatus.Schema when DeviceStatusJson.TryRead(body, out DeviceStatus? status):
                devices.Told(input.SenderModule, status);
                metrics.Taken("status");
                break;
            case SecurityEvent.Schema when SecurityEventJson.TryRead(body, out SecurityEvent? raised) && string.Equals(raised.ModuleId, input.SenderModule, StringComparison.Ordinal):
                recent.Add(new RecentEvent(raised.TimeGenerated, raised.ModuleId, raised.Severity, raised.Title ?? raised.EventType));
                metrics.Taken("event");
                break;
            case DeviceMetadata.Schema or Frame.Schema or GapRecord.Schema:
                metrics.Taken("other");
                break;
            default:
                metrics.Taken("malformed");
                LogMalformed(input.SenderModule, input.Message.MessageId);
                break;
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(7010, LogLevel.Warning, "Message {MessageId} of {Sender} is neither an event of its own nor the state of a device, and is passed over")]
    private partial void LogMalformed(string sender, string messageId);
}
