using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The server's side of one TLS handshake: demands a client certificate and judges it, as <see cref="ServerTrust"/> does for the other side.</summary>
/// <param name="roots">All the roots there are.</param>
/// <param name="validator">Judges the client's certificate. Nothing goes past it.</param>
public sealed class ClientTrust(X509Certificate2Collection roots, CertificateValidator validator)
{
    /// <summary>Why the client's certificate was refused; null if it was not.</summary>
    public CertificateVerdict.Refused? Refusal { get; private set; }

    /// <summary>Who came in; null until then.</summary>
    public string? DeviceId { get; private set; }

    /// <summary>The options for the handshake.</summary>
    /// <param name="own">The server's own certificate with its key and issuers.</param>
    public SslServerAuthenticationOptions Options(SslStreamCertificateContext own) => new()
    {
        ServerCertificateContext = own,
        ClientCertificateRequired = true,
        AllowRenegotiation = false,

#pragma warning disable CA5398 // Not left to the system: it can be set up to allow TLS 1.0, and a gateway must not follow it there.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        RemoteCertificateValidationCallback = IsTrusted,
        CertificateChainPolicy = ServerTrust.ChainPolicy(roots),
    };

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var leaf = certificate as X509Certificate2;
        string claimed = leaf is null ? "" : DeviceName.Of(leaf) ?? "";
        CertificateVerdict verdict = validator.Validate(leaf, chain?.ChainPolicy.ExtraStore ?? [], new PeerName.Device(claimed));
        Refusal = verdict as CertificateVerdict.Refused;
        DeviceId = verdict is CertificateVerdict.Accepted ? claimed : null;
        return verdict is CertificateVerdict.Accepted;
    }
}
