using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>A broker on a loopback address of its own that takes everything, answers twin requests when told how, and can misbehave.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private readonly Channel<ValidatingConnectionEventArgs> _connects = Channel.CreateUnbounded<ValidatingConnectionEventArgs>();
    private readonly Channel<string> _acknowledged = Channel.CreateUnbounded<string>();

    private TestBroker(IPAddress address, X509Certificate2 certificate)
    {
        Address = address;
        var factory = new MqttServerFactory();
        MqttServerOptions options = factory.CreateServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithEncryptedEndpoint()
            .WithEncryptedEndpointPort(8883)
            .WithEncryptedEndpointBoundIPAddress(address)
            .WithEncryptedEndpointBoundIPV6Address(IPAddress.None)
            .WithEncryptionCertificate(certificate)
            .WithClientCertificate((_, _, chain, _) => Present(chain))
            .WithPersistentSessions()
            .Build();
        _server = factory.CreateMqttServer(options);
        _server.ValidatingConnectionAsync += OnConnectAsync;
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.InterceptingOutboundPacketAsync += OnOutboundAsync;
        _server.ClientAcknowledgedPublishPacketAsync += OnAcknowledgedAsync;
    }

    public IPAddress Address { get; }

    /// <summary>Every PUBLISH from a client, in the order of arrival.</summary>
    public ChannelReader<Arrival> Arrivals => _arrivals.Reader;

    /// <summary>Every CONNECT.</summary>
    public ChannelReader<ValidatingConnectionEventArgs> Connects => _connects.Reader;

    /// <summary>Topics of our messages that a client acknowledged, in order.</summary>
    public ChannelReader<string> Acknowledged => _acknowledged.Reader;

    /// <summary>The answer to CONNECT.</summary>
    public MqttConnectReasonCode ConnectAnswer { get; set; } = MqttConnectReasonCode.Success;

    /// <summary>Outbound packets for which this returns true are lost.</summary>
    public Func<MqttPacket, bool> Loses { get; set; } = _ => false;

    /// <summary>How many certificates a client sent with its own in the last handshake that had one.</summary>
    public int LastIssuers { get; private set; }

    /// <summary>What a PUBLISH is answered with, topic and body; null for nothing.</summary>
    public Func<Arrival, (string Topic, string Body)?> OnPublish { get; set; } = _ => null;

    /// <summary>What a twin GET is answered with; null for no answer.</summary>
    public Func<(int Status, string Body)?> OnTwinGet { get; set; } = () => (200, """{"desired":{"$version":1},"reported":{"$version":1}}""");

    /// <summary>What a reported patch is answered with; null for no answer.</summary>
    public Func<Arrival, int?> OnReported { get; set; } = _ => 204;

    public static async Task<TestBroker> StartAsync(IPAddress address, X509Certificate2 certificate)
    {
        var broker = new TestBroker(address, certificate);
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>Sends to one client. Not awaited by the client's acknowledgement.</summary>
    public async Task SendAsync(string clientId, string topic, string payload, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        MqttSessionStatus session = await _server.GetSessionAsync(clientId);
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)),
            QualityOfServiceLevel = quality,
        };
        Assert.True(session.TryEnqueueApplicationMessage(message, out _));
    }

    /// <summary>Closes a client's connection; its session stays.</summary>
    public Task CloseAsync(string clientId) =>
        _server.DisconnectClientAsync(clientId, new MqttServerClientDisconnectOptionsBuilder().Build());

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private Task OnConnectAsync(ValidatingConnectionEventArgs connecting)
    {
        connecting.ReasonCode = ConnectAnswer;
        _connects.Writer.TryWrite(connecting);
        return Task.CompletedTask;
    }

    private async Task OnPublishAsync(InterceptingPublishEventArgs publish)
    {
        MqttApplicationMessage message = publish.ApplicationMessage;
        var arrival = new Arrival(publish.ClientId, message.Topic, message.Payload.ToArray(), (int)message.QualityOfServiceLevel);
        publish.ProcessPublish = false;
        if (message.Topic.StartsWith("$iothub/twin/GET/?$rid=", StringComparison.Ordinal))
        {
            if (OnTwinGet() is { } answer)
            {
                await AnswerAsync(arrival, answer.Status, answer.Body);
            }
        }
        else if (message.Topic.StartsWith("$iothub/twin/PATCH/properties/reported/", StringComparison.Ordinal) && OnReported(arrival) is { } status)
        {
            await AnswerAsync(arrival, status, "");
        }

        if (OnPublish(arrival) is { } reply)
        {
            await SendAsync(arrival.ClientId, reply.Topic, reply.Body);
        }

        _arrivals.Writer.TryWrite(arrival);
    }

    // Decided at CONNECT, as IoT Hub does.
    private bool Present(X509Chain? chain)
    {
        LastIssuers = chain?.ChainPolicy.ExtraStore.Count ?? LastIssuers;
        return true;
    }

    private Task AnswerAsync(Arrival request, int status, string body) => SendAsync(
        request.ClientId,
        $"$iothub/twin/res/{status}/?$rid={request.Topic[(request.Topic.IndexOf("$rid=", StringComparison.Ordinal) + 5)..]}",
        body,
        MqttQualityOfServiceLevel.AtMostOnce);

    private Task OnOutboundAsync(InterceptingPacketEventArgs packet)
    {
        packet.ProcessPacket = !Loses(packet.Packet);
        return Task.CompletedTask;
    }

    private Task OnAcknowledgedAsync(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        _acknowledged.Writer.TryWrite(acknowledged.PublishPacket.Topic);
        return Task.CompletedTask;
    }
}
