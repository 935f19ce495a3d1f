using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Watch;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Trust;

/// <summary>The distribution folder: roots that somebody confirmed, and revocation lists, for this module and for others that mount it.</summary>
/// <param name="folder">On a volume; its two folders <c>roots</c> and <c>crl</c> are made when something is put into them.</param>
internal sealed class TrustFolder(string folder)
{
    private string Roots => Path.Combine(folder, "roots");

    private string Lists => Path.Combine(folder, "crl");

    /// <summary>Digest by which people know a certificate: SHA-256, hexadecimal.</summary>
    public static string DigestOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Takes down what a revocation list says.</summary>
    /// <param name="list">Any.</param>
    /// <param name="authority">Its issuer, or the name of its file.</param>
    public static WatchedCertificate Of(RevocationList list, string authority) => new(WatchedKind.RevocationList, authority, Convert.ToHexString(SHA256.HashData(list.RawData.Span)))
    {
        Subject = authority,
        Issuer = authority,
        SerialNumber = list.Number.ToString("X", System.Globalization.CultureInfo.InvariantCulture),
        NotBefore = list.ThisUpdate,
        NotAfter = list.NextUpdate,
    };

    /// <summary>Adds the roots that are here.</summary>
    public void ReadRoots(X509Certificate2Collection into)
    {
        foreach (var file in FilesIn(Roots, "*.pem"))
        {
            _ = CertificateFile.TryRead(file, into, out _);
        }
    }

    /// <summary>The lists that are here. None of them is believed yet.</summary>
    public IEnumerable<(string File, RevocationList List)> ReadLists()
    {
        var lists = new List<(string, RevocationList)>();
        foreach (var file in FilesIn(Lists, "*.crl"))
        {
            if (Read(file) is { } list)
            {
                lists.Add((file, list));
            }
        }

        return lists;
    }

    /// <summary>Takes down everything that is here.</summary>
    public void Survey(ICollection<WatchedCertificate> found)
    {
        var roots = new X509Certificate2Collection();
        ReadRoots(roots);
        foreach (X509Certificate2 one in roots)
        {
            using (one)
            {
                found.Add(WatchedCertificate.Of(WatchedKind.Root, "trust", one));
            }
        }

        foreach ((var file, RevocationList list) in ReadLists())
        {
            found.Add(Of(list, $"trust/{Path.GetFileName(file)}"));
        }
    }

    /// <summary>Puts a root here.</summary>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public Task PutAsync(X509Certificate2 root, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Roots);
        return DurableFile.ReplaceAsync(Path.Combine(Roots, $"{DigestOf(root)}.pem"), Encoding.ASCII.GetBytes(root.ExportCertificatePem() + "\n"), cancellationToken);
    }

    /// <summary>Puts a list here, in the place of the one before of the same authority.</summary>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public Task PutAsync(WatchedAuthority authority, RevocationList list, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Lists);
        return DurableFile.ReplaceAsync(Path.Combine(Lists, $"{authority.Id}.crl"), list.RawData, cancellationToken);
    }

    private static RevocationList? Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= RevocationList.MaxSizeInBytes && RevocationList.TryRead(File.ReadAllBytes(file), out RevocationList? list, out _) ? list : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] FilesIn(string path, string pattern)
    {
        try
        {
            return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
