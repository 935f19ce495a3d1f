using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;

namespace Sallyport.CertificateManager.Trust;

/// <summary>The roots of our own authority: those of a file, and those that somebody confirmed since.</summary>
/// <param name="certificates">All of them.</param>
/// <param name="fingerprint">Changes when they do.</param>
internal sealed class PinnedRoots(X509Certificate2Collection certificates, string fingerprint) : IDisposable
{
    public X509Certificate2Collection Certificates => certificates;

    /// <summary>SHA-256 over all of them, in order.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>Reads them anew.</summary>
    /// <param name="file">PEM; null for none.</param>
    /// <param name="trust">Has the confirmed ones.</param>
    /// <param name="roots">Belongs to the caller.</param>
    /// <param name="reason">One sentence that says what to do, or empty.</param>
    public static bool TryRead(string? file, TrustFolder trust, out PinnedRoots? roots, out string reason)
    {
        roots = null;
        reason = "";
        var all = new X509Certificate2Collection();
        if (file is not null && !CertificateFile.TryRead(file, all, out reason))
        {
            return false;
        }

        trust.ReadRoots(all);
        if (all.Count == 0)
        {
            reason = "no root is known: configure roots";
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (X509Certificate2 one in all)
        {
            hash.AppendData(one.RawData);
        }

        roots = new PinnedRoots(all, Convert.ToHexString(hash.GetHashAndReset()));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 one in certificates)
        {
            one.Dispose();
        }
    }
}
