using System.Buffers;
using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Sallyport.Simulator.Mqtt;

/// <summary>Looks at every packet of every connection on its way in and out: gives it to the role, or keeps it back.</summary>
/// <param name="role">Decides.</param>
/// <param name="subscriptions">Kept up to date.</param>
/// <param name="faults">What to do wrong on purpose.</param>
/// <param name="changed">Fired after subscriptions changed.</param>
/// <param name="connected">Called when a CONNACK goes out.</param>
/// <param name="logger">Gets what is closed and what fails.</param>
internal sealed partial class PacketFilter(
    IMqttRole role,
    SubscriptionRegister subscriptions,
    ServerFaults faults,
    ChangeSignal changed,
    Action<ClientLink> connected,
    ILogger logger)
{
    /// <summary>A packet has come in on a connection.</summary>
    public void Inbound(InterceptingPacketEventArgs e, ClientLink link)
    {
        switch (e.Packet)
        {
            case MqttPublishPacket publish:
                InboundPublish(e, link, publish);
                break;
            case MqttPubAckPacket acknowledgement:
                link.Acknowledged(acknowledgement.PacketIdentifier);
                break;
            case MqttSubscribePacket subscribe:
                link.Subscribing(subscribe.PacketIdentifier, subscribe.TopicFilters);
                break;
            case MqttUnsubscribePacket unsubscribe:
                subscriptions.Remove(link.ClientId, unsubscribe.TopicFilters);
                changed.Fire();
                break;
            default:
                break; // The library's business alone.
        }
    }

    /// <summary>A packet is about to go out on a connection.</summary>
    public void Outbound(InterceptingPacketEventArgs e, ClientLink link)
    {
        switch (e.Packet)
        {
            case MqttConnAckPacket when faults.TakeLostConnack(link.ClientId):
                LogLostConnack(link.ClientId);
                e.ProcessPacket = false; // And the client counts as connected nowhere.
                break;
            case MqttConnAckPacket:
                connected(link);
                break;
            case MqttPubAckPacket acknowledgement:
                Acknowledging(e, link, acknowledgement.PacketIdentifier);
                break;
            case MqttPublishPacket publish:
                e.ProcessPacket = link.TrySend(publish);
                LogSending(link.ClientId, publish.PacketIdentifier, e.ProcessPacket);
                break;
            case MqttSubAckPacket subscribed:
                subscriptions.Add(link.ClientId, link.TakeSubscribing(subscribed.PacketIdentifier));
                changed.Fire();
                break;
            default:
                break; // The library's business alone.
        }
    }

    private void InboundPublish(InterceptingPacketEventArgs e, ClientLink link, MqttPublishPacket packet)
    {
        var publish = new InboundPublish(packet.Topic, packet.Payload.ToArray(), packet.Dup, packet.Retain);
        PublishAnswer answer = Ask(link.ClientId, publish);
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            answer = new PublishAnswer.Close("QoS 2 is not supported"); // After it was taken, as edgeHub does.
        }

        switch (answer)
        {
            case PublishAnswer.Close close:
                LogClosing(link.ClientId, close.Reason);
                e.ProcessPacket = false;
                link.Channel.Close();
                break;
            case PublishAnswer.AcknowledgeThen then when packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce:
                _ = RunAsync(then.RunAsync);
                break;
            default:
                link.Received(packet.PacketIdentifier, answer);
                break;
        }
    }

    // An answer must follow the acknowledgement: official clients fail when it overtakes. Here the acknowledgement is the
    // packet being sent, so what is queued from now on comes after it.
    private void Acknowledging(InterceptingPacketEventArgs e, ClientLink link, ushort packetIdentifier)
    {
        if (!link.TryTakeAnswer(packetIdentifier, out PublishAnswer? answer))
        {
            e.ProcessPacket = false;
            return;
        }

        e.ProcessPacket = !faults.IsWithheld(link.ClientId);
        if (answer is PublishAnswer.AcknowledgeThen then)
        {
            _ = RunAsync(then.RunAsync);
        }
    }

    // The library swallows what its events throw.
    private PublishAnswer Ask(string clientId, InboundPublish publish)
    {
        try
        {
            return role.Publish(clientId, publish);
        }
        catch (Exception e) when (LogFailure(e))
        {
            throw;
        }
    }

    private async Task RunAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception e) when (LogFailure(e))
        {
            throw;
        }
    }

    private bool LogFailure(Exception e)
    {
        LogRoleFailed(e);
        return false;
    }

    [LoggerMessage(5011, LogLevel.Debug, "Closing the connection of {ClientId}: {Reason}")]
    private partial void LogClosing(string clientId, string reason);

    [LoggerMessage(5014, LogLevel.Error, "A request could not be answered")]
    private partial void LogRoleFailed(Exception error);

    [LoggerMessage(5015, LogLevel.Information, "The CONNACK to {ClientId} is lost on purpose")]
    private partial void LogLostConnack(string clientId);

    [LoggerMessage(5016, LogLevel.Debug, "PUBLISH {Packet} to {ClientId}; sent: {IsSent}")]
    private partial void LogSending(string clientId, ushort packet, bool isSent);
}
