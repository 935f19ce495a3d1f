using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Trust;

/// <summary>Writes into the certificate store of an OPC UA application, in the layout of OPC Publisher.</summary>
internal static class OpcUaFolder
{
    /// <summary>An authority whose certificates the application trusts.</summary>
    public static Task PutAsync(OpcUaStore store, X509Certificate2 root, CancellationToken cancellationToken) =>
        PutAsync(store, "trusted", "certs", $"{root.GetCertHashString(HashAlgorithmName.SHA256)}.der", root.RawDataMemory, cancellationToken);

    /// <summary>A list, for authorities that are trusted and for those that only help to build a chain: strict servers refuse a chain without one.</summary>
    public static async Task PutAsync(OpcUaStore store, WatchedAuthority authority, RevocationList list, CancellationToken cancellationToken)
    {
        await PutAsync(store, "trusted", "crl", $"{authority.Id}.crl", list.RawData, cancellationToken);
        await PutAsync(store, "issuer", "crl", $"{authority.Id}.crl", list.RawData, cancellationToken);
    }

    /// <summary>The application's own certificates, and those that it trusts, as places to watch.</summary>
    public static IEnumerable<WatchedPlace> PlacesOf(OpcUaStore store) => ((string[])["own", "trusted", "issuer"])
        .Select(part => (Part: part, Path: Path.Combine(store.Path, part, "certs")))
        .Where(one => Directory.Exists(one.Path))
        .Select(one => new WatchedPlace($"{store.Name}/{one.Part}", WatchedKind.OpcUa, one.Path));

    private static Task PutAsync(OpcUaStore store, string part, string kind, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(store.Path, part, kind);
        Directory.CreateDirectory(folder);
        return DurableFile.ReplaceAsync(Path.Combine(folder, name), content, cancellationToken);
    }
}
