using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Protocol;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>An MQTT client without any knowledge of hubs. Over TLS it trusts the simulation's root alone.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<RawMessage> _received = Channel.CreateUnbounded<RawMessage>();
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubIdentity _identity;
    private int _requests;

    private RawClient(HubIdentity identity)
    {
        _identity = identity;
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += _ =>
        {
            _disconnected.TrySetResult();
            return Task.CompletedTask;
        };
        _client.InspectPacketAsync += OnPacketAsync;
    }

    /// <summary>If false, messages stay unacknowledged until the test acknowledges them.</summary>
    public bool AcknowledgesAtOnce { get; set; } = true;

    public MqttClientConnectResultCode ConnectResult { get; private set; }

    public bool IsSessionPresent { get; private set; }

    /// <summary>Ends when the connection does.</summary>
    public Task Disconnected => _disconnected.Task;

    public ChannelReader<RawMessage> Received => _received.Reader;

    /// <summary>The first byte of every packet that came in, in order: packet type and flags.</summary>
    public ConcurrentQueue<byte> PacketsIn { get; } = new();

    public static async Task<RawClient> ConnectAsync(RawConnect connect, CancellationToken cancellationToken)
    {
        var client = new RawClient(connect.Identity);
        var options = new MqttClientOptions
        {
            ClientId = connect.ClientId ?? connect.Identity.ClientId,
            Credentials = new MqttClientCredentials(
                connect.UserName, connect.Password is null ? null : Encoding.UTF8.GetBytes(connect.Password)),
            CleanSession = connect.IsCleanSession,
            KeepAlivePeriod = TimeSpan.Zero,
            ProtocolVersion = connect.Version,
            Timeout = TimeSpan.FromSeconds(30),
            ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new IPEndPoint(connect.Address, 8883),
                TlsOptions = new MqttClientTlsOptions
                {
                    UseTls = true,
                    TargetHost = connect.Address.ToString(),
                    TrustChain = [connect.Root],
                    RevocationMode = X509RevocationMode.NoCheck,
                    SslProtocol = SslProtocols.None,
                    ClientCertificatesProvider = connect.Certificate is null
                        ? null
                        : new DefaultMqttCertificatesProvider([connect.Certificate]),
                },
            },
        };
        MqttClientConnectResult result = await client._client.ConnectAsync(options, cancellationToken);
        (client.ConnectResult, client.IsSessionPresent) = (result.ResultCode, result.IsSessionPresent);
        return client;
    }

    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(string filter, int quality, CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(filter, (MqttQualityOfServiceLevel)quality).Build();
        MqttClientSubscribeResult result = await _client.SubscribeAsync(options, cancellationToken);
        return result.Items.Single().ResultCode;
    }

    /// <summary>Publishes; at QoS 1 this ends with the acknowledgement.</summary>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int quality, CancellationToken cancellationToken) =>
        _client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)quality,
            },
            cancellationToken);

    /// <summary>Sends a message of this module or device at QoS 1.</summary>
    /// <param name="bag">The property bag, escaped, such as «%24.on=telemetry».</param>
    /// <param name="text">The body.</param>
    /// <param name="cancellationToken">Gives up waiting for the acknowledgement.</param>
    public Task SendAsync(string bag, string text, CancellationToken cancellationToken) =>
        PublishAsync(TelemetryTopic(bag), Encoding.UTF8.GetBytes(text), quality: 1, cancellationToken);

    public string TelemetryTopic(string bag) =>
        _identity.IsModule
            ? $"devices/{_identity.DeviceId}/modules/{_identity.ModuleId}/messages/events/{bag}"
            : $"devices/{_identity.DeviceId}/messages/events/{bag}";

    public Task SubscribeInputsAsync(CancellationToken cancellationToken) =>
        SubscribeAsync($"devices/{_identity.DeviceId}/modules/{_identity.ModuleId}/inputs/#", 1, cancellationToken);

    /// <summary>Asks for the twin and gives the answer. Everything that was sent to this client before has arrived by then.</summary>
    public async Task<RawMessage> ReadTwinAsync(int quality, CancellationToken cancellationToken)
    {
        _ = await SubscribeAsync("$iothub/twin/res/#", 1, cancellationToken);
        string requestId = $"get-{Interlocked.Increment(ref _requests)}";
        await PublishAsync($"$iothub/twin/GET/?$rid={requestId}", ReadOnlyMemory<byte>.Empty, quality, cancellationToken);
        return await ReadAnswerAsync(requestId, cancellationToken);
    }

    /// <summary>Reports properties and gives the answer.</summary>
    public async Task<RawMessage> ReportAsync(string patch, CancellationToken cancellationToken)
    {
        _ = await SubscribeAsync("$iothub/twin/res/#", 1, cancellationToken);
        string requestId = $"report-{Interlocked.Increment(ref _requests)}";
        await PublishAsync(
            $"$iothub/twin/PATCH/properties/reported/?$rid={requestId}", Encoding.UTF8.GetBytes(patch), quality: 0, cancellationToken);
        return await ReadAnswerAsync(requestId, cancellationToken);
    }

    /// <summary>Ends the connection in good order.</summary>
    public Task DisconnectAsync(CancellationToken cancellationToken) =>
        _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RawMessage> ReadAnswerAsync(string requestId, CancellationToken cancellationToken)
    {
        RawMessage answer = await _received.Reader.ReadAsync(cancellationToken);
        Assert.Contains($"$rid={requestId}", answer.Topic, StringComparison.Ordinal);
        return answer;
    }

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        e.AutoAcknowledge = AcknowledgesAtOnce;
        MqttApplicationMessage message = e.ApplicationMessage;
        _ = _received.Writer.TryWrite(new RawMessage(
            message.Topic,
            message.Payload.ToArray(),
            (int)message.QualityOfServiceLevel,
            message.Dup,
            () => e.AcknowledgeAsync(CancellationToken.None)));
        return Task.CompletedTask;
    }

    private Task OnPacketAsync(InspectMqttPacketEventArgs e)
    {
        if (e.Direction == MqttPacketFlowDirection.Inbound)
        {
            PacketsIn.Enqueue(e.Buffer[0]);
        }

        return Task.CompletedTask;
    }
}
