using Sallyport.Hosting;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>Puts the module's own events straight into the ring.</summary>
internal sealed class RingEventSink(Lanes lanes, IntakeMetrics metrics) : IEventSink
{
    /// <inheritdoc/>
    public void Raise(SecurityEvent raised)
    {
        HubMessage message = TelemetryMessage.Of(raised);
        if (MessageType.TryParse(message.Properties[MessageProperties.MessageType], out MessageType? type))
        {
            if (lanes.TryAppendOwn(new RingRecord(type, message.Body, Quality: null)) is { } lane)
            {
                metrics.Received(lane);
            }
            else
            {
                metrics.Refused();
            }
        }
    }
}
