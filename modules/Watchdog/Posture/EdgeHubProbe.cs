using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub;
using Sallyport.Posture;

namespace Sallyport.Watchdog.Posture;

/// <summary>Tries what modules believe of edgeHub: three handshakes with the checks that every module has, of which two must fail.</summary>
internal sealed class EdgeHubProbe(EdgeEnvironment environment, IRevocationCheck revocation, TimeProvider time)
{
    // Reserved so that nobody ever has it: RFC 6761, 6.4.
    private const string OtherName = "not-edgehub.invalid";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Connects three times; null if edgeHub does not answer or shows no certificate.</summary>
    public async Task<LinkFacts?> LookAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        X509Certificate2Collection roots = [];
        try
        {
            roots = await environment.ReadTrustBundleAsync(either.Token);
            using X509Certificate2 stranger = NewRoot();
            Handshake own = await ShakeAsync(environment.GatewayHostName, roots, either.Token);
            Handshake otherRoot = await ShakeAsync(environment.GatewayHostName, [stranger], either.Token);
            Handshake otherName = await ShakeAsync(OtherName, roots, either.Token);
            return own.SawCertificate && otherRoot.SawCertificate && otherName.SawCertificate
                ? new LinkFacts(own.Protocol, own.IsTrusted, !otherRoot.IsTrusted, !otherName.IsTrusted)
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is SocketException or IOException or EdgeEnvironmentException or WorkloadException)
        {
            return null;
        }
        finally
        {
            foreach (X509Certificate2 root in roots)
            {
                root.Dispose();
            }
        }
    }

    private async Task<Handshake> ShakeAsync(string name, X509Certificate2Collection roots, CancellationToken cancellationToken)
    {
        var trust = new ServerTrust(name, roots, new CertificateValidator(LinkProfile.EdgeHub, roots, time) { Revocation = revocation });
        using var socket = new TcpClient();
        await socket.ConnectAsync(environment.GatewayHostName, environment.Port, cancellationToken);
        await using var stream = new SslStream(socket.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(trust.Options(), cancellationToken);
            return new Handshake(stream.SslProtocol.ToString(), !trust.Shown.IsEmpty, IsTrusted: true);
        }
        catch (AuthenticationException)
        {
            return new Handshake("", !trust.Shown.IsEmpty, IsTrusted: false);
        }
    }

    private X509Certificate2 NewRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=not the plant's root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }

    private sealed record Handshake(string Protocol, bool SawCertificate, bool IsTrusted);
}
