using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.OpcUa;

/// <summary>Puts authorities and their revocation lists into OPC UA stores, after the same checks as for a link of our own. Strict servers refuse an authority without a list.</summary>
/// <param name="stores">Where to.</param>
/// <param name="roots">The only roots; a root itself may be distributed too.</param>
/// <param name="revocation">Says whether an authority is revoked itself.</param>
/// <param name="time">The time of judgement.</param>
public sealed class AuthorityDistribution(OpcUaStores stores, X509Certificate2Collection roots, IRevocationCheck revocation, TimeProvider time)
{
    private readonly CertificateValidator _validator = new(LinkProfile.OwnAuthority, roots, time) { Revocation = revocation };

    /// <summary>Puts both in place: the list first, so that the authority is never there without one.</summary>
    /// <param name="store"><see cref="OpcUaStore.Trusted"/> to accept whom it certifies, <see cref="OpcUaStore.Issuer"/> to complete chains only.</param>
    /// <param name="authority">Its certificate.</param>
    /// <param name="list">Its list.</param>
    /// <param name="stop">Leaves files whole.</param>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another store.</exception>
    public async Task<DistributionOutcome> PutAsync(OpcUaStore store, X509Certificate2 authority, RevocationList list, CancellationToken stop)
    {
        if (store is not (OpcUaStore.Trusted or OpcUaStore.Issuer))
        {
            throw new ArgumentOutOfRangeException(nameof(store), store, "Authorities belong into trusted or issuer.");
        }

        if (!roots.Any(one => one.IsSame(authority)) && _validator.Validate(authority, [], PeerName.Authority.Instance) is CertificateVerdict.Refused refused)
        {
            return new DistributionOutcome.RefusedAuthority(refused);
        }

        RevocationList[] stored = [.. ListsOf(store, authority)];
        bool isThere = stored.Any(one => one.RawData.Span.SequenceEqual(list.RawData.Span));
        RevocationList? newest = stored.MaxBy(one => one.Number);
        if (!isThere && RevocationListCheck.Fault(list, authority, newest, time.GetUtcNow()) is { } fault)
        {
            return new DistributionOutcome.RefusedList(fault);
        }

        if (!isThere)
        {
            await OpcUaStores.PutAsync(stores.ListsOf(store), StoreFileName.OfList(authority), list.RawData, stop);
        }

        string name = StoreFileName.OfCertificate(authority);
        bool isKnown = stores.List(store).Certificates.Any(one => string.Equals(one.Thumbprint, authority.Thumbprint, StringComparison.Ordinal));
        if (!isKnown)
        {
            await OpcUaStores.PutAsync(stores.CertificatesOf(store), name, authority.RawDataMemory, stop);
        }

        return new DistributionOutcome.Done(!isKnown, !isThere);
    }

    // Those that the authority signed: an older list must not come back.
    private List<RevocationList> ListsOf(OpcUaStore store, X509Certificate2 authority)
    {
        string folder = stores.ListsOf(store);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var found = new List<RevocationList>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.crl").Take(OpcUaStores.MaxFiles))
        {
            if (new FileInfo(path).Length <= RevocationList.MaxSizeInBytes
                && RevocationList.TryRead(File.ReadAllBytes(path), out RevocationList? list, out _)
                && RevocationListCheck.Fault(list, authority, previous: null, time.GetUtcNow()) is null)
            {
                found.Add(list);
            }
        }

        return found;
    }
}
