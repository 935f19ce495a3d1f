using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Sallyport.Simulator.Mqtt;

/// <summary>The bytes of one accepted TLS connection. It can be made half-open: still up for the peer, and nothing passes.</summary>
internal sealed class TlsChannel(Socket socket, SslStream stream) : IMqttChannel
{
    private readonly PacketSizeGuard _guard = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isHalfOpen;

    public X509Certificate2? ClientCertificate { get; } =
        stream.RemoteCertificate is { } certificate ? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()) : null;

    public EndPoint RemoteEndPoint { get; } = socket.RemoteEndPoint!;

    public EndPoint LocalEndPoint { get; } = socket.LocalEndPoint!;

    public bool IsSecureConnection => true;

    public bool IsHalfOpen => _isHalfOpen;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Says goodbye in TLS and closes.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isHalfOpen)
            {
                await stream.ShutdownAsync().WaitAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The peer was quicker.
        }

        Dispose();
    }

    /// <summary>From now on nothing passes in either direction, and even closing from this side is not seen by the peer.</summary>
    public void MakeHalfOpen() => _isHalfOpen = true;

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            int read = await stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
            if (_isHalfOpen)
            {
                await _closed.Task.WaitAsync(cancellationToken);
                return 0;
            }

            _guard.Follow(buffer.AsSpan(offset, read));
            return read;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0; // An end of stream, for whatever reason: the peer is gone.
        }
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        if (_isHalfOpen)
        {
            return;
        }

        try
        {
            foreach (ReadOnlyMemory<byte> segment in buffer)
            {
                await stream.WriteAsync(segment, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new MqttCommunicationException(e);
        }
    }

    /// <summary>Ends reading on this side. A half-open connection stays up for the peer until <see cref="Close"/>.</summary>
    public void Dispose()
    {
        _ = _closed.TrySetResult();
        if (!_isHalfOpen)
        {
            Close();
        }
    }

    /// <summary>Closes the socket without a word of MQTT.</summary>
    public void Close()
    {
        _ = _closed.TrySetResult();
        socket.Dispose();
        stream.Dispose();
    }
}
