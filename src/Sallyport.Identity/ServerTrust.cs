using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The client's side of one TLS handshake: our own judgement of the server, and nothing of what the system was set up to allow.</summary>
/// <param name="host">DNS name or address that is dialled; the certificate must carry it.</param>
/// <param name="roots">All the roots there are.</param>
/// <param name="validator">Judges the server's certificate, name included. Nothing goes past it.</param>
public sealed class ServerTrust(string host, X509Certificate2Collection roots, CertificateValidator validator)
{
    // Copies: what the handshake gave belongs to it.
    private byte[]? _leaf;
    private byte[][] _presented = [];
    private long _generation;

    /// <summary>Why the server's certificate was refused; null if it was not.</summary>
    public CertificateVerdict.Refused? Refusal { get; private set; }

    /// <summary>The certificate that the server showed, DER, trusted or not, to look at its dates; empty if it showed none yet.</summary>
    public ReadOnlyMemory<byte> Shown => _leaf;

    /// <summary>The options for the handshake.</summary>
    /// <param name="own">Our own certificate with its key; null if we show none.</param>
    public SslClientAuthenticationOptions Options(SslStreamCertificateContext? own = null) => new()
    {
        TargetHost = host,
        AllowRenegotiation = false,
        ClientCertificateContext = own,

#pragma warning disable CA5398 // Not left to the system: it can be set up to allow TLS 1.0, and a gateway must not follow it there.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        RemoteCertificateValidationCallback = IsTrusted,

        // The validator builds the chain that counts. This policy only keeps the platform from asking the network or the system's roots.
        CertificateChainPolicy = ChainPolicy(roots),
    };

    /// <summary>Judges the server again each time that a new revocation list counts, for as long as the connection is open.</summary>
    /// <param name="refused">Called once at most, when it is refused: must close the connection, and return soon.</param>
    /// <returns>Ends it.</returns>
    public IDisposable Watch(Action<CertificateVerdict.Refused> refused)
    {
        IDisposable watch = validator.Revocation.OnChange(Again);
        if (validator.Revocation.Generation != _generation)
        {
            // A list came between the handshake and now.
            Again();
        }

        return watch;

        void Again()
        {
            if (Refusal is null && Judge() is { } refusal)
            {
                Refusal = refusal;
                refused(refusal);
            }
        }
    }

    internal static X509ChainPolicy ChainPolicy(X509Certificate2Collection roots)
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
        _leaf = certificate?.GetRawCertData();
        _presented = [.. (chain?.ChainPolicy.ExtraStore ?? []).Select(one => one.RawData)];
        _generation = validator.Revocation.Generation;
        Refusal = Judge();
        return Refusal is null;
    }

    private CertificateVerdict.Refused? Judge()
    {
        X509Certificate2Collection presented = [];
        X509Certificate2? leaf = null;
        try
        {
            leaf = _leaf is null ? null : X509CertificateLoader.LoadCertificate(_leaf);
            foreach (byte[] one in _presented)
            {
                presented.Add(X509CertificateLoader.LoadCertificate(one));
            }

            return validator.Validate(leaf, presented, host) as CertificateVerdict.Refused;
        }
        catch (CryptographicException)
        {
            return new CertificateVerdict.Refused(CertificateFault.Malformed, "The server presented something that is no certificate.");
        }
        finally
        {
            leaf?.Dispose();
            foreach (X509Certificate2 one in presented)
            {
                one.Dispose();
            }
        }
    }
}
