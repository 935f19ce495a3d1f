using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Session;

/// <summary>What one connection is opened with.</summary>
/// <param name="Identity">Who we are.</param>
/// <param name="UserName">As <see cref="ClientIdentity.UserName"/> makes it.</param>
/// <param name="KeepAlive">Whole seconds.</param>
/// <param name="Subscriptions">Topic filters, and whether QoS 1 is asked for; otherwise QoS 0.</param>
internal sealed record SessionSettings(
    ClientIdentity Identity, string UserName, TimeSpan KeepAlive, IReadOnlyList<(string Filter, bool IsAtLeastOnce)> Subscriptions)
{
    /// <summary>MQTT 3.1.1 with a session that the broker keeps. MQTTnet's own defaults (MQTT 5, clean session) are wrong for Azure.</summary>
    /// <param name="password">The token; null for none, when a certificate stands for it.</param>
    public MqttClientOptions ForConnect(string? password) => new()
    {
        ProtocolVersion = MqttProtocolVersion.V311,
        CleanSession = false,
        ClientId = Identity.ClientId,
        KeepAlivePeriod = KeepAlive,
        Credentials = new MqttClientCredentials(UserName, password is null ? null : Encoding.UTF8.GetBytes(password)),

        // Not used: the channel knows where to go. MQTTnet wants to see some.
        ChannelOptions = new MqttClientTcpOptions(),
    };

    /// <summary>One SUBSCRIBE for all.</summary>
    public MqttClientSubscribeOptions ForSubscribe() => new()
    {
        TopicFilters =
        [
            .. Subscriptions.Select(subscription => new MqttTopicFilter
            {
                Topic = subscription.Filter,
                QualityOfServiceLevel = subscription.IsAtLeastOnce
                    ? MqttQualityOfServiceLevel.AtLeastOnce
                    : MqttQualityOfServiceLevel.AtMostOnce,
            }),
        ],
    };
}
