using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MQTTnet.Packets;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What is under way on one connection of one client. Safe to use from any thread.</summary>
/// <remarks>The library keeps sessions, not connections: after a reconnect it would send what belongs to the old connection,
/// acknowledgements included. Everything that goes out is therefore matched with what this connection knows.</remarks>
internal sealed class ClientLink(string clientId, bool isCleanSession, TlsChannel channel)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, PublishAnswer> _unacknowledged = [];
    private readonly Dictionary<ushort, List<MqttTopicFilter>> _subscribing = [];
    private readonly Dictionary<long, TaskCompletionSource<DeliveryOutcome>> _deliveries = [];
    private readonly Dictionary<ushort, long> _sent = [];
    private bool _hasEnded;

    public string ClientId { get; } = clientId;

    public bool IsCleanSession { get; } = isCleanSession;

    public TlsChannel Channel { get; } = channel;

    /// <summary>Marks a packet as belonging to a delivery. MQTT 3.1.1 has no such field on the wire: it stays in this process.</summary>
    public static byte[] Mark(long delivery)
    {
        byte[] mark = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(mark, delivery);
        return mark;
    }

    /// <summary>Notes a PUBLISH that came in and is to be acknowledged.</summary>
    public void Received(ushort packetIdentifier, PublishAnswer answer)
    {
        lock (_gate)
        {
            _unacknowledged[packetIdentifier] = answer;
        }
    }

    /// <summary>Takes the answer to a PUBLISH of this connection; false if the acknowledgement is for an earlier connection.</summary>
    public bool TryTakeAnswer(ushort packetIdentifier, [NotNullWhen(true)] out PublishAnswer? answer)
    {
        lock (_gate)
        {
            return _unacknowledged.Remove(packetIdentifier, out answer);
        }
    }

    public void Subscribing(ushort packetIdentifier, List<MqttTopicFilter> filters)
    {
        lock (_gate)
        {
            _subscribing[packetIdentifier] = filters;
        }
    }

    public List<MqttTopicFilter> TakeSubscribing(ushort packetIdentifier)
    {
        lock (_gate)
        {
            return _subscribing.Remove(packetIdentifier, out List<MqttTopicFilter>? filters) ? filters : [];
        }
    }

    /// <summary>Begins a delivery; its task ends with the acknowledgement or with the connection.</summary>
    public Task<DeliveryOutcome> Begin(long delivery)
    {
        var source = new TaskCompletionSource<DeliveryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return Task.FromResult(DeliveryOutcome.ConnectionLost);
            }

            _deliveries.Add(delivery, source);
            return source.Task;
        }
    }

    /// <summary>Forgets a delivery: a late acknowledgement of it means nothing.</summary>
    public void Forget(long delivery)
    {
        lock (_gate)
        {
            _ = _deliveries.Remove(delivery);
        }
    }

    /// <summary>Whether a PUBLISH that is about to go out still belongs to a delivery on this connection.</summary>
    public bool TrySend(MqttPublishPacket packet)
    {
        long delivery = BinaryPrimitives.ReadInt64BigEndian(packet.CorrelationData);
        lock (_gate)
        {
            if (!_deliveries.TryGetValue(delivery, out TaskCompletionSource<DeliveryOutcome>? source))
            {
                return false;
            }

            if (packet.QualityOfServiceLevel == MQTTnet.Protocol.MqttQualityOfServiceLevel.AtMostOnce)
            {
                _ = _deliveries.Remove(delivery);
                source.SetResult(DeliveryOutcome.Sent);
            }
            else
            {
                _sent[packet.PacketIdentifier] = delivery;
            }

            return true;
        }
    }

    /// <summary>Notes the client's acknowledgement of a PUBLISH.</summary>
    public void Acknowledged(ushort packetIdentifier)
    {
        lock (_gate)
        {
            if (_sent.Remove(packetIdentifier, out long delivery)
                && _deliveries.Remove(delivery, out TaskCompletionSource<DeliveryOutcome>? source))
            {
                source.SetResult(DeliveryOutcome.Acknowledged);
            }
        }
    }

    /// <summary>Ends all deliveries.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            foreach (TaskCompletionSource<DeliveryOutcome> source in _deliveries.Values)
            {
                source.SetResult(DeliveryOutcome.ConnectionLost);
            }

            _deliveries.Clear();
        }
    }
}
