using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>A TCP connection inside TLS, with certificates on both sides.</summary>
/// <remarks>Modbus/TCP Security Protocol Specification V3.6: TLS 1.2 or later, mutual, no renegotiation. The MBAP header stays inside.</remarks>
internal sealed class TlsWire : IWire
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly TlsIdentity _identity;
    private readonly IDisposable _watch;
    private volatile string? _cutReason;

    private TlsWire(Socket socket, SslStream stream, TlsIdentity identity, ServerTrust trust)
    {
        (_socket, _stream, _identity) = (socket, stream, identity);
        _watch = trust.Watch(Cut);
    }

    /// <inheritdoc/>
    public string? CutReason => _cutReason;

    /// <summary>Connects and shakes hands.</summary>
    /// <exception cref="WireException">No connection, no usable certificate, or one side does not accept the other's.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<TlsWire> OpenAsync(
        ModbusEndpoint.Tls endpoint, TlsPlan plan, IRevocationCheck revocation, TimeProvider time, ConnectLimit limit)
    {
        var identity = TlsIdentity.Load(plan, time);
        Socket? socket = null;
        SslStream? stream = null;
        var validator = new CertificateValidator(plan.Profile, identity.Roots, time) { Revocation = revocation, RevocationPolicy = plan.Revocation };
        var trust = new ServerTrust(endpoint.Host, identity.Roots, validator);
        try
        {
            socket = await SocketWire.ConnectAsync(endpoint.Host, endpoint.Port, limit);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
            await stream.AuthenticateAsClientAsync(trust.Options(identity.Context), limit.Token);
            return new TlsWire(socket, stream, identity, trust);
        }
        catch (Exception e)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket?.Dispose();
            identity.Dispose();
            throw e switch
            {
                AuthenticationException when trust.Refusal is { } refused => new WireException($"certificate refused: {refused.Fault.Code()}", e),
                AuthenticationException => new WireException("no TLS connection: the device refused the handshake, maybe our certificate", e),
                IOException => new WireException("no TLS connection: the device ended the handshake, maybe for our certificate", e),
                OperationCanceledException when limit.HasExpired => new WireException("cannot connect in time", e),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination) => await _stream.ReadAsync(destination, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();

        // The socket first: it ends a read that is under way, whatever the peer does.
        _socket.Dispose();
        _stream.Dispose();
        _identity.Dispose();
    }

    // The receiver ends with the socket, and the line with the receiver.
    private void Cut(CertificateVerdict.Refused refused)
    {
        _cutReason = $"certificate refused: {refused.Fault.Code()}";
        _socket.Dispose();
    }
}
