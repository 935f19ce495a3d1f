using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Identity;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Judges one device's certificate during one handshake.</summary>
internal sealed class TlsTrust(string host, X509Certificate2Collection roots, TimeProvider time)
{
    private readonly CertificateValidator _validator = new(LinkProfile.Plc, roots, time);

    /// <summary>Why the device's certificate was refused; null if it was not.</summary>
    public CertificateVerdict.Refused? Refusal { get; private set; }

    /// <summary>The fault as reasons name it, for example <c>unknown-root</c>.</summary>
    public static string CodeOf(CertificateFault fault)
    {
        var code = new StringBuilder();
        foreach (char one in fault.ToString())
        {
            if (char.IsAsciiLetterUpper(one) && code.Length > 0)
            {
                code.Append('-');
            }

            code.Append(char.ToLowerInvariant(one));
        }

        return code.ToString();
    }

    public SslClientAuthenticationOptions Options(TlsIdentity identity) => new()
    {
        TargetHost = host,
        AllowRenegotiation = false,
        ClientCertificateContext = identity.Context,

#pragma warning disable CA5398 // Not left to the system: it can be set up to allow TLS 1.0, and a gateway must not follow it there.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        RemoteCertificateValidationCallback = IsTrusted,

        // The validator builds the chain that counts. This policy only keeps the platform from asking the network or the system's roots.
        CertificateChainPolicy = ChainPolicy(),
    };

    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        CertificateVerdict verdict = _validator.Validate(certificate as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? [], host);
        Refusal = verdict as CertificateVerdict.Refused;
        return verdict is CertificateVerdict.Accepted;
    }
}
