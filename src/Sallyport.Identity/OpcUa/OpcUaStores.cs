using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Identity.OpcUa;

/// <summary>The certificate stores of an OPC UA application in a folder, in the layout of OPC Publisher: <c>own</c>, <c>trusted</c>, <c>issuer</c>, <c>rejected</c>.</summary>
/// <remarks>The application reads them at any moment, so each file is replaced whole. One writer. Private keys are never looked at.</remarks>
/// <param name="root">The folder with the four; what is missing is made when it is written to.</param>
/// <param name="meters">Counts what is removed.</param>
public sealed class OpcUaStores(string root, IMeterFactory meters)
{
    /// <summary>How many files of a folder are looked at.</summary>
    public const int MaxFiles = 4096;

    private const int MaxSizeInBytes = 16 * 1024;

    private readonly OpcUaMetrics _metrics = new(meters);

    /// <summary>The folder of a store's certificates.</summary>
    public string CertificatesOf(OpcUaStore store) => Path.Combine(root, NameOf(store), "certs");

    /// <summary>The folder of a store's revocation lists.</summary>
    public string ListsOf(OpcUaStore store) => Path.Combine(root, NameOf(store), "crl");

    /// <summary>What is in a store; nothing if it is not there yet.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public StoreListing List(OpcUaStore store)
    {
        var found = ImmutableArray.CreateBuilder<StoredCertificate>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        foreach (string path in FilesOf(store))
        {
            if (Read(path) is { } certificate)
            {
                found.Add(certificate);
            }
            else
            {
                unreadable.Add(path);
            }
        }

        return new StoreListing(found.ToImmutable(), unreadable.ToImmutable());
    }

    /// <summary>Has exactly these certificates of one application trusted: its current one and, while the overlap lasts, the one before. Others of the same application go.</summary>
    /// <param name="current">Of an application, so with its URI among the names. The caller made sure that it is good.</param>
    /// <param name="previous">The one before while it still may be shown; null afterwards.</param>
    /// <param name="stop">Leaves files whole.</param>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public async Task<TrustOutcome> TrustAsync(X509Certificate2 current, X509Certificate2? previous, CancellationToken stop)
    {
        string uri = ApplicationUriOf(current);
        if (uri.Length == 0)
        {
            return new TrustOutcome.Refused($"'{current.Subject}' has no application URI: it is no certificate of an OPC UA application.");
        }

        if (previous is not null && !string.Equals(ApplicationUriOf(previous), uri, StringComparison.Ordinal))
        {
            return new TrustOutcome.Refused($"'{previous.Subject}' is not a certificate of the application {uri}, so it cannot be the one before.");
        }

        int added = 0;
        X509Certificate2[] wanted = previous is null ? [current] : [current, previous];
        StoredCertificate[] stored = [.. List(OpcUaStore.Trusted).Certificates.Where(one => string.Equals(one.Application, uri, StringComparison.Ordinal))];
        foreach (X509Certificate2 one in wanted.Where(one => !stored.Any(other => IsOf(other, one))))
        {
            await PutAsync(CertificatesOf(OpcUaStore.Trusted), StoreFileName.OfCertificate(one), one.RawDataMemory, stop);
            added++;
        }

        // After the new one is there: the application is never without.
        StoredCertificate[] old = [.. stored.Where(one => !wanted.Any(other => IsOf(one, other)))];
        Array.ForEach(old, one => File.Delete(one.Path));
        _metrics.Replaced(old.Length);
        return new TrustOutcome.Done(added, old.Length);
    }

    /// <summary>Leaves the newest files in <c>rejected</c>: whoever dials in fills it.</summary>
    /// <param name="most">How many may stay.</param>
    /// <returns>How many went.</returns>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public int CapRejected(int most)
    {
        string folder = CertificatesOf(OpcUaStore.Rejected);
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        FileInfo[] old =
        [
            .. new DirectoryInfo(folder).EnumerateFiles()
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
                .Skip(Math.Max(0, most)),
        ];
        foreach (FileInfo file in old)
        {
            file.Delete();
        }

        _metrics.RejectedRemoved(old.Length);
        return old.Length;
    }

    /// <summary>Writes a file of a store so that others may read it: a certificate is no secret, and the application is another user.</summary>
    internal static async Task PutAsync(string folder, string name, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await DurableFile.ReplaceAsync(
            Path.Combine(folder, name), content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, stop);
    }

    private static string NameOf(OpcUaStore store) => store switch
    {
        OpcUaStore.Own => "own",
        OpcUaStore.Trusted => "trusted",
        OpcUaStore.Issuer => "issuer",
        _ => "rejected",
    };

    private static bool IsOf(StoredCertificate stored, X509Certificate2 certificate) => string.Equals(stored.Thumbprint, certificate.Thumbprint, StringComparison.Ordinal);

    private static string ApplicationUriOf(X509Certificate2 certificate)
    {
        try
        {
            return AlternativeNames.Of(certificate).Uris.FirstOrDefault("");
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    private static StoredCertificate? Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxSizeInBytes)
            {
                return null;
            }

            using X509Certificate2 one = X509CertificateLoader.LoadCertificateFromFile(path);
            return new StoredCertificate(
                path,
                one.Subject,
                one.Thumbprint,
                new DateTimeOffset(one.NotBefore.ToUniversalTime()),
                new DateTimeOffset(one.NotAfter.ToUniversalTime()),
                ApplicationUriOf(one));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private IEnumerable<string> FilesOf(OpcUaStore store)
    {
        string folder = CertificatesOf(store);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder)
                .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".DER" or ".CRT" or ".CER")
                .Take(MaxFiles)
                .Order(StringComparer.Ordinal)
            : [];
    }
}
