using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Looks at edgeHub's certificate as whoever connects sees it, in a TLS handshake, and at the roots that modules trust for it.</summary>
internal sealed class EdgeHubHandshake(EdgeEnvironment environment, IRevocationCheck revocation, TimeProvider time)
{
    private const string Name = "edgeHub";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Connects, takes down the certificate and hangs up. A certificate that is not trusted is taken down as well.</summary>
    public async Task LookAsync(ICollection<WatchedCertificate> found, Action<string> onFault, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        X509Certificate2Collection roots = [];
        try
        {
            roots = await environment.ReadTrustBundleAsync(either.Token);
            foreach (X509Certificate2 root in roots)
            {
                found.Add(WatchedCertificate.Of(WatchedKind.Root, "trust-bundle", root));
            }

            await ShakeAsync(roots, found, onFault, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            onFault($"edgeHub does not answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is SocketException or IOException or EdgeEnvironmentException or WorkloadException)
        {
            onFault($"edgeHub's certificate cannot be seen: {e.Message}");
        }
        finally
        {
            foreach (X509Certificate2 root in roots)
            {
                root.Dispose();
            }
        }
    }

    private async Task ShakeAsync(X509Certificate2Collection roots, ICollection<WatchedCertificate> found, Action<string> onFault, CancellationToken cancellationToken)
    {
        var trust = new ServerTrust(environment.GatewayHostName, roots, new CertificateValidator(LinkProfile.EdgeHub, roots, time) { Revocation = revocation });
        using var socket = new TcpClient();
        await socket.ConnectAsync(environment.GatewayHostName, environment.Port, cancellationToken);
        await using var stream = new SslStream(socket.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(trust.Options(), cancellationToken);
        }
        catch (AuthenticationException)
        {
            onFault(trust.Refusal is { } refusal ? $"edgeHub is not trusted: {refusal.Detail}" : "edgeHub ends the handshake");
        }

        if (trust.Shown is { IsEmpty: false } shown)
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(shown.Span);
            found.Add(WatchedCertificate.Of(WatchedKind.Server, Name, leaf));
        }
    }
}
