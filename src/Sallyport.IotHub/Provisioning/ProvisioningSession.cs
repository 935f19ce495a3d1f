using System.Buffers;
using System.Globalization;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Provisioning;

/// <summary>One MQTT connection to the provisioning service: a request, then its answer, then the next. For one caller; thrown away after use.</summary>
internal sealed class ProvisioningSession : IDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    private readonly TlsChannel _channel;
    private readonly IMqttClient _client;
    private volatile Request? _request;
    private int _lastRequest;

    /// <param name="channel">Not connected yet; belongs to the session from now on.</param>
    public ProvisioningSession(TlsChannel channel)
    {
        _channel = channel;
        _client = new MqttClientFactory(MqttNetNullLogger.Instance, new TlsChannelFactory(channel)).CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    /// <summary>Connects and subscribes.</summary>
    /// <returns>The CONNACK; the subscription is in force if it says success.</returns>
    /// <exception cref="BrokerException">The service refused the subscription.</exception>
    public async Task<MqttClientConnectResultCode> OpenAsync(ProvisioningTarget target, string product, CancellationToken cancellationToken)
    {
        var options = new MqttClientOptions
        {
            ProtocolVersion = MqttProtocolVersion.V311,
            CleanSession = true,
            ClientId = target.RegistrationId,
            KeepAlivePeriod = KeepAlive,
            Credentials = new MqttClientCredentials(ProvisioningTopic.UserName(target, product), null),

            // Not used: the channel knows where to go. MQTTnet wants to see some.
            ChannelOptions = new MqttClientTcpOptions(),
        };
        MqttClientConnectResult connected = await _client.ConnectAsync(options, cancellationToken).WaitAsync(cancellationToken);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
        {
            return connected.ResultCode;
        }

        var subscribe = new MqttClientSubscribeOptions
        {
            TopicFilters = [new() { Topic = ProvisioningTopic.ResponseFilter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }],
        };
        MqttClientSubscribeResult subscribed = await _client.SubscribeAsync(subscribe, cancellationToken).WaitAsync(cancellationToken);
        return subscribed.Items.All(item => item.ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2)
            ? connected.ResultCode
            : throw new BrokerException("the subscription to the answers was refused");
    }

    /// <summary>Sends a request and waits for the answer that bears its number.</summary>
    /// <param name="topic">Makes the topic for a request number.</param>
    /// <param name="body">May be empty.</param>
    /// <param name="cancellationToken">Gives up; the session is of no use then.</param>
    public async Task<ProvisioningAnswer> AskAsync(Func<string, string> topic, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = new Request((++_lastRequest).ToString(CultureInfo.InvariantCulture));
        _request = request;
        var message = new MqttApplicationMessage
        {
            Topic = topic(request.Id),
            Payload = new ReadOnlySequence<byte>(body),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };

        // The answer may overtake what MQTTnet makes of the PUBACK, and a connection that closes ends both.
        Task<MqttClientPublishResult> sending = _client.PublishAsync(message, cancellationToken);
        await Task.WhenAny(sending, request.Answer.Task).WaitAsync(cancellationToken);
        if (!request.Answer.Task.IsCompleted)
        {
            await sending.WaitAsync(cancellationToken);
        }

        ProvisioningAnswer answer = await request.Answer.Task.WaitAsync(cancellationToken);
        await sending.WaitAsync(cancellationToken);
        return answer;
    }

    /// <summary>Says DISCONNECT, as far as that can be said at once.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is OperationCanceledException)
        {
            // It was gone already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.ApplicationMessageReceivedAsync -= OnReceivedAsync;
        _client.DisconnectedAsync -= OnDisconnectedAsync;
        _channel.Abort();
        try
        {
            _client.Dispose();
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e))
        {
            // It is still cleaning up by itself after the socket went, and trips over our help.
        }

        _channel.Dispose();
    }

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        if (ProvisioningTopic.TryParseResponse(received.ApplicationMessage.Topic ?? "", out int status, out string requestId, out TimeSpan? retryAfter)
            && _request is { } request
            && string.Equals(request.Id, requestId, StringComparison.Ordinal))
        {
            // A copy: the bytes are MQTTnet's again when this returns.
            request.Answer.TrySetResult(new ProvisioningAnswer(status, retryAfter, received.ApplicationMessage.Payload.ToArray()));
        }

        return Task.CompletedTask;
    }

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs disconnected)
    {
        _request?.Answer.TrySetException(new BrokerException("the connection was closed"));
        return Task.CompletedTask;
    }

    private sealed class Request(string id)
    {
        public string Id { get; } = id;

        public TaskCompletionSource<ProvisioningAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
