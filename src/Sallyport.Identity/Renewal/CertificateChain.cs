using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Renewal;

/// <summary>A certificate and its issuers, as a journal holds them.</summary>
/// <param name="all">The leaf first. Owned.</param>
public sealed class CertificateChain(X509Certificate2Collection all) : IDisposable
{
    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => all[0];

    /// <summary>What came with it.</summary>
    public X509Certificate2Collection Issuers => [.. all.Skip(1)];

    /// <summary>The beginning of its life.</summary>
    public DateTimeOffset NotBefore => new(Leaf.NotBefore.ToUniversalTime());

    /// <summary>The end of its life.</summary>
    public DateTimeOffset NotAfter => new(Leaf.NotAfter.ToUniversalTime());

    /// <summary>Reads PEM; false for none.</summary>
    public static bool TryRead(string pem, [NotNullWhen(true)] out CertificateChain? chain)
    {
        chain = null;
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        chain = all.Count > 0 ? new CertificateChain(all) : null;
        return chain is not null;
    }

    /// <summary>The certificate for a key among what a server sent, with its issuers behind it, nearest first; empty if there is none for that key.</summary>
    /// <param name="certificates">In any order.</param>
    /// <param name="subjectPublicKeyInfo">Of the key.</param>
    /// <returns>PEM.</returns>
    public static string Order(X509Certificate2Collection certificates, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        X509Certificate2? at = null;
        foreach (X509Certificate2 one in certificates)
        {
            at = one.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(subjectPublicKeyInfo) ? one : at;
        }

        var ordered = new List<X509Certificate2>();
        while (at is not null && !ordered.Contains(at))
        {
            ordered.Add(at);
            byte[] issuer = at.IssuerName.RawData;
            at = certificates.FirstOrDefault(one => !ordered.Contains(one) && one.SubjectName.RawData.AsSpan().SequenceEqual(issuer));
        }

        return string.Join('\n', ordered.Select(one => one.ExportCertificatePem()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 one in all)
        {
            one.Dispose();
        }
    }
}
