using MQTTnet.Protocol;
using Sallyport.Simulator.Mqtt;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>Messages from the cloud to one device, in order, each kept until the device has acknowledged it.</summary>
internal sealed class DeviceMailbox(string deviceId)
{
    /// <summary>IoT Hub keeps at most this many.</summary>
    public const int Capacity = 50;

    private readonly Lock _gate = new();
    private readonly Queue<HubMessage> _messages = new();

    /// <exception cref="InvalidOperationException">The device has <see cref="Capacity"/> messages waiting.</exception>
    public void Add(HubMessage message)
    {
        lock (_gate)
        {
            if (_messages.Count == Capacity)
            {
                throw new InvalidOperationException($"{deviceId} has {Capacity} messages waiting, which is all that IoT Hub keeps.");
            }

            _messages.Enqueue(message);
        }
    }

    /// <summary>Delivers what is there and what comes, whenever the device is connected and subscribed.</summary>
    public async Task RunAsync(MqttRoleServer server, CancellationToken stop)
    {
        while (true)
        {
            await server.Changed.WaitUntilAsync(
                () => HasMessages()
                    && server.IsConnected(deviceId)
                    && server.Subscriptions.Find(deviceId, HubFeature.DeviceBoundMessages) is not null,
                stop);
            HubMessage message = Peek();
            DeliveryOutcome outcome = await server.DeliverAsync(
                deviceId, HubTopics.DeviceBound(deviceId, Bag(message)), message.Body, MqttQualityOfServiceLevel.AtLeastOnce, stop);
            if (outcome == DeliveryOutcome.Acknowledged)
            {
                Remove();
            }
        }
    }

    private static string Bag(HubMessage message) =>
        PropertyBag.Write(
        [
            KeyValuePair.Create<string, string?>(WireProperties.MessageId, message.MessageId),
            KeyValuePair.Create<string, string?>(WireProperties.ContentType, HubMessage.ContentType),
            KeyValuePair.Create<string, string?>(WireProperties.ContentEncoding, HubMessage.ContentEncoding),
            .. message.Properties.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)),
        ]);

    private bool HasMessages()
    {
        lock (_gate)
        {
            return _messages.Count > 0;
        }
    }

    private HubMessage Peek()
    {
        lock (_gate)
        {
            return _messages.Peek();
        }
    }

    private void Remove()
    {
        lock (_gate)
        {
            _ = _messages.Dequeue();
        }
    }
}
