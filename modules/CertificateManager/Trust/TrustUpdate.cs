using System.Security.Cryptography.X509Certificates;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Trust;

/// <summary>Changes what is trusted: everything is checked before anything is written.</summary>
internal sealed class TrustUpdate(TrustFolder folder, RenewalStatus renewal, TimeProvider time)
{
    /// <summary>Takes what was offered, or nothing of it.</summary>
    public async Task<TrustOutcome> TakeAsync(TrustRequest request, CertificatePlan plan, CancellationToken cancellationToken)
    {
        foreach (OfferedRoot root in request.Roots)
        {
            if (RootCheck.Fault(root.Certificate, time.GetUtcNow()) is { } fault)
            {
                return new TrustOutcome.Refused($"'{root.Certificate.Subject}' is not taken as a root: {fault}.");
            }

            var digest = TrustFolder.DigestOf(root.Certificate);
            if (!string.Equals(digest, root.Confirm, StringComparison.OrdinalIgnoreCase))
            {
                return new TrustOutcome.Unconfirmed(
                    $"The SHA-256 of '{root.Certificate.Subject}' is {digest}. Compare it with what the authority says in another way, and give it as confirm.");
            }
        }

        using var store = new RevocationStore(time);
        foreach (X509Certificate2 authority in ReadKnown(plan))
        {
            using (authority)
            {
                store.Watch(authority);
            }
        }

        foreach (OfferedRoot root in request.Roots)
        {
            store.Watch(root.Certificate);
        }

        foreach ((_, RevocationList kept) in folder.ReadLists())
        {
            store.Offer(kept);
        }

        var accepted = new List<(WatchedAuthority Authority, RevocationList List)>();
        foreach (RevocationList list in request.Lists)
        {
            switch (store.Offer(list))
            {
                case RevocationListOutcome.Accepted taken:
                    accepted.Add((taken.Authority, list));
                    break;
                case RevocationListOutcome.Refused refused:
                    return new TrustOutcome.Refused($"Revocation list {list.Number} is not believed: {refused.Fault}.");
                case RevocationListOutcome.Unclaimed:
                    return new TrustOutcome.Refused($"Revocation list {list.Number} is of no authority that is known here.");
            }
        }

        return await WriteAsync(request, accepted, plan, cancellationToken);
    }

    // The pinned roots, and the authorities between them and our own certificate: those were checked when it came.
    private X509Certificate2Collection ReadKnown(CertificatePlan plan)
    {
        X509Certificate2Collection known = [];
        if (PinnedRoots.TryRead(plan.RootsFile, folder, out PinnedRoots? roots, out _))
        {
            known.AddRange(roots!.Certificates);
        }

        if (CertificateChain.TryRead(renewal.Journal?.Active ?? "", out CertificateChain? chain))
        {
            known.AddRange(chain.Issuers);
            chain.Leaf.Dispose();
        }

        return known;
    }

    private async Task<TrustOutcome> WriteAsync(
        TrustRequest request, List<(WatchedAuthority Authority, RevocationList List)> lists, CertificatePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            foreach (OfferedRoot root in request.Roots)
            {
                await folder.PutAsync(root.Certificate, cancellationToken);
                foreach (OpcUaStore store in plan.Stores)
                {
                    await OpcUaFolder.PutAsync(store, root.Certificate, cancellationToken);
                }
            }

            foreach ((WatchedAuthority authority, RevocationList list) in lists)
            {
                await folder.PutAsync(authority, list, cancellationToken);
                foreach (OpcUaStore store in plan.Stores)
                {
                    await OpcUaFolder.PutAsync(store, authority, list, cancellationToken);
                }
            }

            return new TrustOutcome.Stored(request.Roots.Length, lists.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TrustOutcome.Failed(e.Message);
        }
    }
}
