using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Mqtt;

/// <summary>Accepts TLS connections for a broker and presents the whole certificate chain, which the library's own listener does not.</summary>
/// <remarks>Client certificates are asked for and not judged here: edgeHub and IoT Hub decide at CONNECT.</remarks>
internal sealed partial class TlsListener(
    IPEndPoint endpoint, ServerCertificate certificate, TimeProvider time, ILogger logger) : IMqttServerAdapter
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<EndPoint, TlsChannel> _channels = new();
    private readonly List<Task> _connections = []; // Touched by the accepting task, and after its end by StopAsync.
    private readonly SslStreamCertificateContext _context =
        SslStreamCertificateContext.Create(certificate.Leaf, certificate.Chain, offline: true);

    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Called when a connection has ended, after everything else that happens to it.</summary>
    public Action<EndPoint>? Ended { get; set; }

    /// <summary>The connection from an address and port, while it is up.</summary>
    public TlsChannel? Find(EndPoint remote) => _channels.GetValueOrDefault(remote);

    /// <exception cref="AddressesTakenException">The port is taken.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger log)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressesTakenException(endpoint.Port, PortOwner.Find(endpoint.Port));
        }

        _accepting = AcceptAsync(_socket);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _socket?.Dispose();
        await _accepting;
        foreach (TlsChannel channel in _channels.Values)
        {
            channel.Close();
        }

        await Task.WhenAll(_connections);
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptAsync(_stop.Token);
                _ = _connections.RemoveAll(connection => connection.IsCompletedSuccessfully);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped: nothing more to accept.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        socket.NoDelay = true;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        if (!await ShakeHandsAsync(stream))
        {
            await stream.DisposeAsync();
            return;
        }

        var channel = new TlsChannel(socket, stream);
        EndPoint remote = channel.RemoteEndPoint;
        _channels[remote] = channel;
        try
        {
            var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65_535));
            using var adapter = new MqttChannelAdapter(channel, formatter, MqttNetNullLogger.Instance);
            await (ClientHandler?.Invoke(adapter) ?? Task.CompletedTask);
        }
        finally
        {
            Ended?.Invoke(remote);
            if (!channel.IsHalfOpen)
            {
                _ = _channels.TryRemove(remote, out _);
            }
        }
    }

    private async Task<bool> ShakeHandsAsync(SslStream stream)
    {
        using var deadline = new CancellationTokenSource(HandshakeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _context,
                    ClientCertificateRequired = true,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // Most clients have no certificate, and a bad one earns CONNACK 5, not a failed handshake.
                    RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                either.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
        {
            LogHandshakeFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(5000, LogLevel.Debug, "TLS handshake failed: {Reason}")]
    private partial void LogHandshakeFailed(string reason);
}
