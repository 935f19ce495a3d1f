using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Sallyport.Simulator.Certificates;

namespace Sallyport.Simulator.Mqtt;

/// <summary>An MQTT 3.1.1 server over TLS for one role. Nothing that a client publishes reaches another client by itself.</summary>
/// <remarks>The library's broker speaks the protocol; what to accept, answer and deliver is the role's.</remarks>
internal sealed partial class MqttRoleServer : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMinutes(1);

    private readonly IMqttRole _role;
    private readonly ILogger _logger;
    private readonly TlsListener _listener;
    private readonly MqttServer _server;
    private readonly PacketFilter _filter;
    private readonly ConcurrentDictionary<EndPoint, ClientLink> _links = new();
    private readonly ConcurrentDictionary<string, ClientLink> _current = new(StringComparer.Ordinal);
    private long _deliveries;

    /// <param name="endpoint">Where to listen.</param>
    /// <param name="certificate">What to present.</param>
    /// <param name="role">Decides.</param>
    /// <param name="time">Limits the TLS handshake.</param>
    /// <param name="logger">Gets the life of connections.</param>
    public MqttRoleServer(
        IPEndPoint endpoint, ServerCertificate certificate, IMqttRole role, TimeProvider time, ILogger logger)
    {
        _role = role;
        _logger = logger;
        _filter = new PacketFilter(role, Subscriptions, Faults, Changed, OnConnected, logger);
        _listener = new TlsListener(endpoint, certificate, time, logger) { Ended = OnEnded };
        var options = new MqttServerOptions
        {
            DefaultCommunicationTimeout = ConnectTimeout,
            EnablePersistentSessions = true,
            PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
        };
        _server = new MqttServerFactory().CreateMqttServer(options, [_listener], MqttNetNullLogger.Instance);
        _server.ValidatingConnectionAsync += OnConnectAsync;
        _server.InterceptingInboundPacketAsync += e => FilterAsync(e, _filter.Inbound);
        _server.InterceptingOutboundPacketAsync += e => FilterAsync(e, _filter.Outbound);
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.InterceptingSubscriptionAsync += OnSubscriptionAsync;
    }

    public SubscriptionRegister Subscriptions { get; } = new();

    /// <summary>Fires when a client connects, disconnects or subscribes.</summary>
    public ChangeSignal Changed { get; } = new();

    public ServerFaults Faults { get; } = new();

    public IEnumerable<string> ConnectedClients => _current.Keys;

    /// <exception cref="Network.AddressesTakenException">The port is taken.</exception>
    public Task StartAsync() => _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
        _listener.Dispose();
        foreach (ClientLink link in _links.Values)
        {
            link.End();
        }
    }

    public bool IsConnected(string clientId) => _current.ContainsKey(clientId);

    /// <summary>Sends one message to one client, whatever it has subscribed to.</summary>
    /// <returns>At QoS 1 the outcome is known when the client has acknowledged.</returns>
    public async Task<DeliveryOutcome> DeliverAsync(
        string clientId, string topic, ReadOnlyMemory<byte> payload, MqttQualityOfServiceLevel quality, CancellationToken cancellationToken)
    {
        if (!_current.TryGetValue(clientId, out ClientLink? link))
        {
            return DeliveryOutcome.NotConnected;
        }

        long delivery = Interlocked.Increment(ref _deliveries);
        Task<DeliveryOutcome> outcome = link.Begin(delivery);
        try
        {
            MqttSessionStatus session = await _server.GetSessionAsync(clientId);
            var message = new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = quality,
                CorrelationData = ClientLink.Mark(delivery),
            };
            return session.TryEnqueueApplicationMessage(message, out _)
                ? await outcome.WaitAsync(cancellationToken)
                : DeliveryOutcome.ConnectionLost;
        }
        catch (InvalidOperationException)
        {
            return DeliveryOutcome.ConnectionLost; // The session went away between the look and the call.
        }
        finally
        {
            link.Forget(delivery);
        }
    }

    /// <summary>Closes a client's connection without a word.</summary>
    /// <returns>False if it has none.</returns>
    public bool Cut(string clientId)
    {
        bool isConnected = _current.TryGetValue(clientId, out ClientLink? link);
        link?.Channel.Close();
        return isConnected;
    }

    /// <summary>Makes a client's present connection half-open.</summary>
    /// <returns>False if it has none.</returns>
    public bool MakeHalfOpen(string clientId)
    {
        bool isConnected = _current.TryGetValue(clientId, out ClientLink? link);
        link?.Channel.MakeHalfOpen();
        return isConnected;
    }

    private Task OnConnectAsync(ValidatingConnectionEventArgs e)
    {
        if (e.ProtocolVersion != MqttProtocolVersion.V311)
        {
            e.ReasonCode = MqttConnectReasonCode.UnsupportedProtocolVersion;
            return Task.CompletedTask;
        }

        string? password = e.RawPassword is null ? null : e.Password;
        e.ReasonCode = _role.Admit(new ConnectAttempt(e.ClientId, e.UserName ?? string.Empty, password, e.ClientCertificate));
        if (e.ReasonCode == MqttConnectReasonCode.Success && _listener.Find(e.RemoteEndPoint) is { } channel)
        {
            _links[e.RemoteEndPoint] = new ClientLink(e.ClientId, e.CleanSession ?? true, channel);
        }

        LogConnect(e.ClientId, e.ReasonCode);
        return Task.CompletedTask;
    }

    private Task FilterAsync(InterceptingPacketEventArgs e, Action<InterceptingPacketEventArgs, ClientLink> filter)
    {
        if (_links.TryGetValue(e.RemoteEndPoint, out ClientLink? link))
        {
            filter(e, link);
        }
        else
        {
            e.ProcessPacket = false; // Its connection has ended.
        }

        return Task.CompletedTask;
    }

    private void OnConnected(ClientLink link)
    {
        if (_current.TryGetValue(link.ClientId, out ClientLink? older))
        {
            LogTakenOver(link.ClientId);
            older.End();
            older.Channel.Dispose();
        }

        if (link.IsCleanSession)
        {
            Subscriptions.RemoveAll(link.ClientId);
        }

        _current[link.ClientId] = link;
        _role.Connected(link.ClientId);
        Changed.Fire();
    }

    private void OnEnded(EndPoint remote)
    {
        if (!_links.TryRemove(remote, out ClientLink? link))
        {
            return;
        }

        link.End();
        if (!_current.TryRemove(KeyValuePair.Create(link.ClientId, link)))
        {
            return; // A newer connection has taken its place, or it never got as far as CONNACK.
        }

        if (link.IsCleanSession)
        {
            Subscriptions.RemoveAll(link.ClientId);
        }

        LogDisconnected(link.ClientId);
        _role.Disconnected(link.ClientId);
        Changed.Fire();
    }

    // Neither the role nor a delivery wants the library's own fan-out.
    private static Task OnPublishAsync(InterceptingPublishEventArgs e)
    {
        e.ProcessPublish = false;
        return Task.CompletedTask;
    }

    private static Task OnSubscriptionAsync(InterceptingSubscriptionEventArgs e)
    {
        if (e.TopicFilter.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            e.TopicFilter.QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce;
            e.Response.ReasonCode = MqttSubscribeReasonCode.GrantedQoS1;
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(5010, LogLevel.Debug, "CONNECT of {ClientId}: {Code}")]
    private partial void LogConnect(string clientId, MqttConnectReasonCode code);

    [LoggerMessage(5012, LogLevel.Information, "A second connection of {ClientId} closes the first")]
    private partial void LogTakenOver(string clientId);

    [LoggerMessage(5013, LogLevel.Debug, "{ClientId} is disconnected")]
    private partial void LogDisconnected(string clientId);
}
