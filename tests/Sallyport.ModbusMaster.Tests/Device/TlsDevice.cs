using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A device that speaks Modbus inside TLS, demands a certificate of its authority, and lets one role read.</summary>
internal sealed class TlsDevice : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly TlsFiles _files;
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;

    public TlsDevice(TlsFiles files, X509Certificate2 certificate)
    {
        (_files, _certificate) = (files, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The only role that may read, or null for all.</summary>
    public string? Role { get; init; }

    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    public ConcurrentQueue<string> Refusals { get; } = new();

    public ConnectionPlan Plan(TlsPlan tls) => new(
        "plant",
        new ModbusEndpoint.Tls("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port),
        TimeSpan.FromSeconds(20),
        TimeSpan.FromSeconds(20))
    {
        Tls = tls,
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var network = new NetworkStream(socket, ownsSocket: true);
            await using var tls = new SslStream(network);
            await tls.AuthenticateAsServerAsync(Options(), _stop.Token);
            using var peer = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
            string? role = ModbusRole.Of(peer);
            byte[] request = new byte[12];
            while (true)
            {
                await tls.ReadExactlyAsync(request, _stop.Token);
                var turn = new DeviceTurn(request, 1, network, _stop.Token);
                bool isAllowed = Role is null || string.Equals(role, Role, StringComparison.Ordinal);
                await tls.WriteAsync(isAllowed ? turn.Correct() : turn.Exception(1), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or AuthenticationException)
        {
            Refusals.Enqueue(e.GetType().Name);
        }
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificate = _certificate,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Protocols,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 peer && _files.Issued(peer),
    };
}
