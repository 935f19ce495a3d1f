using System.Buffers;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Sallyport.IotHub.Session;

/// <summary>One MQTT connection on MQTTnet: translates its exceptions, hands on what arrives, and is thrown away after use.</summary>
internal sealed class BrokerSession : IBrokerSession, IDisposable
{
    private readonly TlsChannel _channel;
    private readonly IMqttClient _client;
    private readonly IncomingRouter _router;

#pragma warning disable CA2213 // Never disposed: it owns nothing without a timer, and disposing it while it is being cancelled would lose those who wait.
    private readonly CancellationTokenSource _closed = new();
#pragma warning restore CA2213
    private int _reason = -1;

    private BrokerSession(TlsChannel channel, IncomingRouter router)
    {
        _channel = channel;
        _router = router;
        Closed = _closed.Token;

        // MQTTnet's own log would hold topics, so payload; it is not connected.
        _client = new MqttClientFactory(MqttNetNullLogger.Instance, new TlsChannelFactory(channel)).CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    /// <inheritdoc/>
    public CancellationToken Closed { get; }

    /// <summary>Why it is closed; null while it is not.</summary>
    public CloseReason? Reason => _reason < 0 ? null : (CloseReason)_reason;

    /// <summary>Connects and subscribes.</summary>
    /// <param name="channel">Not connected yet; belongs to the session from now on.</param>
    /// <param name="settings">Identity, keep-alive, subscriptions.</param>
    /// <param name="password">The token; null for none, when a certificate stands for it.</param>
    /// <param name="router">Gets everything that arrives, from the moment of the CONNACK.</param>
    /// <param name="cancellationToken">Ends the attempt; the socket is dropped.</param>
    /// <returns><see cref="OpenOutcome.Opened"/> without renewal time, or why not.</returns>
    public static async Task<OpenOutcome> OpenAsync(
        TlsChannel channel, SessionSettings settings, string? password, IncomingRouter router, CancellationToken cancellationToken)
    {
        var session = new BrokerSession(channel, router);
        OpenOutcome? outcome = null;
        try
        {
            outcome = await session.OpenAsync(settings, password, cancellationToken);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcome = channel.Refusal is { } refusal
                ? new OpenOutcome.Untrusted(refusal)
                : new OpenOutcome.Failed(channel.KeyFault ?? BrokerException.Describe(e)) { MayBeRefusal = channel.IsTaken };
        }
        finally
        {
            if (outcome is not OpenOutcome.Opened)
            {
                session.Dispose();
            }
        }

        return outcome;
    }

    /// <inheritdoc/>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        SendAsync(topic, payload, MqttQualityOfServiceLevel.AtMostOnce, cancellationToken);

    /// <inheritdoc/>
    public Task DeliverAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        SendAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);

    /// <summary>Says DISCONNECT and closes; drops the socket if that cannot be said in time.</summary>
    public async Task CloseAsync(CloseReason reason, TimeSpan limit, TimeProvider time)
    {
        Interlocked.CompareExchange(ref _reason, (int)reason, -1);
        await _closed.CancelAsync();
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None)
                .WaitAsync(limit, time, CancellationToken.None);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is TimeoutException or OperationCanceledException)
        {
            // It was gone already, or deaf: either way the socket goes now.
        }

        Abort(reason);
    }

    /// <inheritdoc/>
    public void Abort(CloseReason reason)
    {
        Interlocked.CompareExchange(ref _reason, (int)reason, -1);
        _channel.Abort();
        _ = _closed.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.ApplicationMessageReceivedAsync -= OnReceivedAsync;
        _client.DisconnectedAsync -= OnDisconnectedAsync;
        Abort(CloseReason.Lost);
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

    private static ReadOnlyMemory<byte> Bytes(ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? payload.First : payload.ToArray();

    private async Task<OpenOutcome> OpenAsync(SessionSettings settings, string? password, CancellationToken cancellationToken)
    {
        // MQTTnet gives up at its next look at the token, which may be never while a write hangs.
        MqttClientConnectResult connected = await _client.ConnectAsync(settings.ForConnect(password), cancellationToken)
            .WaitAsync(cancellationToken);
        switch (connected.ResultCode)
        {
            case MqttClientConnectResultCode.Success:
                break;
            case MqttClientConnectResultCode.NotAuthorized:
                return new OpenOutcome.Unauthorized("CONNACK 5, not authorized");
            case MqttClientConnectResultCode.BadUserNameOrPassword:
                return new OpenOutcome.Unauthorized("CONNACK 4, bad user name or password");
            default:
                return new OpenOutcome.Failed($"CONNACK says {connected.ResultCode}");
        }

        MqttClientSubscribeResult subscribed = await _client.SubscribeAsync(settings.ForSubscribe(), cancellationToken)
            .WaitAsync(cancellationToken);
        return subscribed.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            ? new OpenOutcome.Failed("a subscription was refused")
            : new OpenOutcome.Opened(this, RenewAfter: null);
    }

    private async Task SendAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfServiceLevel quality, CancellationToken cancellationToken)
    {
        try
        {
            var message = new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = quality,
            };
            await _client.PublishAsync(message, cancellationToken);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is OperationCanceledException)
        {
            // MQTTnet has several exceptions for the end of the caller's patience.
            cancellationToken.ThrowIfCancellationRequested();

            // At once, not when MQTTnet gets round to saying so: nothing more must be taken for sent.
            Abort(ReasonOf(e));
            throw new BrokerException(BrokerException.Describe(e));
        }
    }

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        if (received.ApplicationMessage.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtLeastOnce)
        {
            // Never asked for. MQTTnet lets even a QoS of 3 pass, which MQTT forbids.
            Abort(CloseReason.Protocol);
            return Task.CompletedTask;
        }

        bool isDue = received.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        _router.Route(
            this,
            new IncomingPublish(
                received.ApplicationMessage.Topic,
                Bytes(received.ApplicationMessage.Payload),
                () => isDue ? AcknowledgeAsync(received) : Task.CompletedTask)
            {
                IsAcknowledgementDue = isDue,
            });
        return Task.CompletedTask;
    }

    private async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        try
        {
            await received.AcknowledgeAsync(Closed);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is OperationCanceledException)
        {
            // The broker delivers again on the next connection.
        }
    }

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs disconnected)
    {
        Interlocked.CompareExchange(ref _reason, (int)ReasonOf(disconnected.Exception), -1);
        return _closed.CancelAsync();
    }

    private CloseReason ReasonOf(Exception? exception) =>
        _channel.IsViolated || exception is MqttProtocolViolationException ? CloseReason.Protocol
        : _channel.Refusal is not null ? CloseReason.Certificate
        : CloseReason.Lost;
}
