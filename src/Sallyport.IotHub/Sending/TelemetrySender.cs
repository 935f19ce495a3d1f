using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Wire;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Sending;

/// <summary>Sends messages on the connection of the moment: checks sizes, keeps the order of the calls, bounds what is in flight.</summary>
internal sealed class TelemetrySender(
    ClientIdentity identity,
    HubConnectionOptions options,
    DeliveryWatchdog watchdog,
    MonotonicClock clock,
    HubConnectionMetrics metrics,
    TimeProvider time)
{
    private volatile PublishLine? _line;

    /// <summary>Sends one message.</summary>
    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken)
    {
        TelemetryTopic topic = TelemetryTopic.Of(identity, output, message);
        if (Excess(topic, message.Body.Length) is { } tooLarge)
        {
            metrics.TooLarge();
            return Task.FromResult<SendOutcome>(tooLarge);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var send = new PendingSend(topic.Text, message.Body, cancellationToken);
        return _line is { } line && line.TryEnqueue(send)
            ? send.WaitAsync()
            : Task.FromResult<SendOutcome>(SendOutcome.NotConnected.Instance);
    }

    /// <summary>Sends on a connection until it closes.</summary>
    public Task ServeAsync(IBrokerSession session)
    {
        var line = new PublishLine(session, options, watchdog, clock, metrics, time);
        _line = line;
        return line.RunAsync();
    }

    /// <summary>Takes no more messages, and waits for the acknowledgements that are due.</summary>
    public async Task DrainAsync()
    {
        if (_line is { } line)
        {
            _line = null;
            await line.DrainAsync(options.DrainTimeout);
        }
    }

    private static SendOutcome.TooLarge? Excess(TelemetryTopic topic, int bodyLength)
    {
        int size = bodyLength + topic.PropertySizeInBytes;
        int packet = topic.PacketSize(bodyLength);
        return size > HubMessage.MaxSizeInBytes ? new(size, HubMessage.MaxSizeInBytes)
            : topic.Text.Length > TelemetryTopic.MaxLength ? new(topic.Text.Length, TelemetryTopic.MaxLength)
            : packet > TelemetryTopic.MaxPacketSizeInBytes ? new(packet, TelemetryTopic.MaxPacketSizeInBytes)
            : null;
    }
}
