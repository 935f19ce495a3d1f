using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;

namespace Sallyport.IotHub.Session;

/// <summary>Hands MQTTnet the one channel it is to use.</summary>
internal sealed class TlsChannelFactory(TlsChannel channel) : IMqttClientAdapterFactory
{
    /// <inheritdoc/>
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger) =>
        new MqttChannelAdapter(
            channel,
            new MqttPacketFormatterAdapter(
                options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax)),
            logger);
}
