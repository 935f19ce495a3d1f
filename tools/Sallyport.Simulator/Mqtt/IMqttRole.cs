using MQTTnet.Protocol;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What an MQTT server stands for: edgeHub or IoT Hub.</summary>
/// <remarks>Calls for one connection come one after another; different connections call at the same time.</remarks>
internal interface IMqttRole
{
    /// <summary>Judges a CONNECT.</summary>
    MqttConnectReasonCode Admit(ConnectAttempt attempt);

    /// <summary>A client is connected; its CONNACK is on its way. An earlier connection of the same client is closed.</summary>
    void Connected(string clientId);

    /// <summary>A client's connection has ended and no newer one has taken its place.</summary>
    void Disconnected(string clientId);

    /// <summary>Takes a PUBLISH.</summary>
    PublishAnswer Publish(string clientId, InboundPublish publish);
}
