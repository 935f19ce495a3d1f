using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;
using Sallyport.Identity;
using Sallyport.Identity.Keys;

namespace Sallyport.IotHub.Session;

/// <summary>The TLS connection under MQTTnet: our own trust rules, a limit on what a broker may send, and a socket that can be dropped.</summary>
/// <param name="host">DNS name or address; the certificate must carry it.</param>
/// <param name="port">1 to 65535.</param>
/// <param name="roots">All the roots there are.</param>
/// <param name="validator">Judges the broker's certificate, name included.</param>
/// <param name="own">Our own certificate; null if a token proves who we are.</param>
internal sealed class TlsChannel(
    string host, int port, X509Certificate2Collection roots, CertificateValidator validator, DeviceCertificate? own = null) : IMqttChannel
{
    /// <summary>edgeHub and IoT Hub carry at most 256 KiB a message; topic and properties come on top.</summary>
    public const int MaxPacketLength = 512 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ServerTrust _trust = new(host, roots, validator);
    private readonly InboundLimit _limit = new(MaxPacketLength);
    private SslStream? _stream;
    private IDisposable? _watch;
    private ClientHandshake? _own;

    /// <inheritdoc/>
    public X509Certificate2? ClientCertificate => null;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint => new DnsEndPoint(host, port);

    /// <inheritdoc/>
    public EndPoint? LocalEndPoint => null;

    /// <inheritdoc/>
    public bool IsSecureConnection => true;

    /// <summary>Why the broker's certificate was refused; null if it was not.</summary>
    public CertificateVerdict.Refused? Refusal => _trust.Refusal;

    /// <summary>Why the key of our own certificate cannot be used; null if it can.</summary>
    public string? KeyFault { get; private set; }

    /// <summary>Whether somebody took the TCP connection: what fails from then on may be a refusal, which TLS 1.3 does not call so.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Whether the broker broke the protocol so that the connection had to end.</summary>
    public bool IsViolated { get; private set; }

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _own = own is null ? null : Prepared(own.Prepare());
        await _socket.ConnectAsync(host, port, cancellationToken);
        IsTaken = true;
        var stream = new SslStream(new NetworkStream(_socket, ownsSocket: false));
        _stream = stream;
        using (_own is null ? null : await _own.TakeTurnAsync(cancellationToken))
        {
            await stream.AuthenticateAsClientAsync(_trust.Options(_own?.Context), cancellationToken);
        }

        _watch = _trust.Watch(_ => Abort());
    }

    /// <inheritdoc/>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_stream is not { } stream)
        {
            return 0;
        }

        try
        {
            int read = await stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
            _limit.Observe(buffer.AsSpan(offset, read));
            return read;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
        catch (MqttProtocolViolationException)
        {
            IsViolated = true;
            throw;
        }
    }

    /// <summary>Writes one piece of a packet. Once begun it is finished or the connection is dropped: half a packet would garble all that follow.</summary>
    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_stream is not { } stream)
        {
            throw new MqttCommunicationException("The connection is closed.");
        }

        foreach (ReadOnlyMemory<byte> segment in buffer)
        {
            await stream.WriteAsync(segment, CancellationToken.None);
        }
    }

    /// <summary>Drops the socket at once, whatever is still in its buffers; reads and writes end.</summary>
    public void Abort()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already gone.
        }

        Dispose();
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Dispose();
        _socket.Dispose();
        _stream?.Dispose();
        _own?.Dispose();
    }

    private ClientHandshake Prepared(KeyUse<ClientHandshake> preparing)
    {
        switch (preparing)
        {
            case KeyUse<ClientHandshake>.Done { Result: var handshake }:
                return handshake;
            case KeyUse<ClientHandshake>.Unavailable unavailable:
                KeyFault = unavailable.Reason;
                break;
            case KeyUse<ClientHandshake>.Refused refused:
                KeyFault = refused.Reason;
                break;
        }

        throw new AuthenticationException(KeyFault);
    }
}
