using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Keys;

/// <summary>A mutual TLS handshake in memory: a server with a key of its own and the key that is tried as the client. Each side takes the one certificate of the other.</summary>
internal sealed class ProbeHandshake : IDisposable
{
    private const string Name = "key-probe";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly X509Certificate2 _server;
    private readonly ECDsa _serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ProbeHandshake(TimeProvider time)
    {
        _time = time;
        _server = Certificate(_serverKey);
    }

    /// <summary>Why the handshake failed; null if it did not.</summary>
    public async Task<string?> TryAsync(IDeviceKey key, SslProtocols version, CancellationToken cancellationToken)
    {
        KeyUse<X509Certificate2> issuing = key.UseSigner(Certificate);
        if (issuing is not KeyUse<X509Certificate2>.Done { Result: var issued })
        {
            return KeyProbe.ReasonOf(issuing);
        }

        using (issued)
        {
            using var alone = X509CertificateLoader.LoadCertificate(issued.RawData);
            KeyUse<X509Certificate2> binding = key.Bind(alone);
            if (binding is not KeyUse<X509Certificate2>.Done { Result: var bound })
            {
                return KeyProbe.ReasonOf(binding);
            }

            using (bound)
            {
                using IDisposable turn = await key.TakeTurnAsync(cancellationToken);
                return await TryAsync(bound, version, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _serverKey.Dispose();
    }

    private async Task<string?> TryAsync(X509Certificate2 client, SslProtocols version, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var clientStream = new SslStream(clientEnd);
        await using var serverStream = new SslStream(serverEnd);

#pragma warning disable CA2025 // It is awaited below, whatever the client's side comes to; only who stops all of it does not wait.
        Task serving = ServeAsync(serverStream, serverEnd, client, version, either.Token);
#pragma warning restore CA2025
        string? clientReason = null;
        try
        {
            await clientStream.AuthenticateAsClientAsync(ClientOptions(client, version), either.Token);

            // With TLS 1.3 the client is done before the server has looked at its certificate.
            byte[] welcome = new byte[1];
            await clientStream.ReadExactlyAsync(welcome, either.Token);
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            clientReason = InnermostOf(e);
            await clientEnd.DisposeAsync();
        }

        try
        {
            await serving;
            return clientReason;
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            return clientReason ?? InnermostOf(e);
        }
    }

    private async Task ServeAsync(SslStream stream, DuplexStream end, X509Certificate2 client, SslProtocols version, CancellationToken cancellationToken)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(_server, additionalCertificates: null, offline: true),
            ClientCertificateRequired = true,
            EnabledSslProtocols = version,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsSame(shown, client),
        };
        try
        {
            await stream.AuthenticateAsServerAsync(options, cancellationToken);
            await stream.WriteAsync(new byte[1], cancellationToken);
        }
        catch
        {
            // The client would wait for a word.
            await end.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions ClientOptions(X509Certificate2 client, SslProtocols version) => new()
    {
        TargetHost = Name,
        AllowRenegotiation = false,
        ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true),
        EnabledSslProtocols = version,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, shown, _, _) => IsSame(shown, _server),
    };

    private static bool IsSame(X509Certificate? shown, X509Certificate2 expected) =>
        shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawDataMemory.Span);

    private static bool IsFailure(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && e is AuthenticationException or IOException or CryptographicException or OperationCanceledException or ObjectDisposedException;

    private static string InnermostOf(Exception e) => e.InnerException is { } inner ? InnermostOf(inner) : e.Message;

    private X509Certificate2 Certificate(ECDsa key)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }
}
