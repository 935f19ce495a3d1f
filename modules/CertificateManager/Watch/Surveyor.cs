using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Trust;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Looks at every certificate of the box, once.</summary>
internal sealed class Surveyor(RenewalStatus renewal, EdgeHubHandshake edgeHub, RevocationStore lists, TrustFolder trust, ApplicationStores stores)
{
    /// <summary>Name of the certificate in use.</summary>
    public const string Identity = "identity";

    /// <summary>Looks. A place that cannot be looked at is a fault, and the others are looked at.</summary>
    public async Task<Survey> LookAsync(CertificatePlan plan, CancellationToken cancellationToken)
    {
        var found = new List<WatchedCertificate>();
        var faults = new List<string>();
        if (renewal.Journal is { } journal)
        {
            AddOwn(journal, found);
        }

        if (plan.RootsFile is { } roots)
        {
            PlaceReader.Read(new WatchedPlace("roots", WatchedKind.Root, roots), found, faults.Add);
        }

        await stores.KeepUpAsync(plan, faults.Add, cancellationToken);
        foreach (WatchedPlace place in plan.Places.Concat(plan.Stores.SelectMany(OpcUaFolder.PlacesOf)))
        {
            PlaceReader.Read(place, found, faults.Add);
        }

        if (plan.WatchesEdgeHub)
        {
            await edgeHub.LookAsync(found, faults.Add, cancellationToken);
        }

        foreach (WatchedAuthority authority in lists.Authorities)
        {
            if (authority.List is { } list)
            {
                found.Add(TrustFolder.Of(list, authority.Name));
            }
        }

        trust.Survey(found);
        return new Survey([.. found.DistinctBy(one => (one.Kind is WatchedKind.RevocationList ? "" : one.Name, one.Id))], [.. faults]);
    }

    private static void AddOwn(RenewalJournal journal, List<WatchedCertificate> found)
    {
        Add(journal.Active, Identity, isInUse: true);
        Add(journal.Next, "identity-next", isInUse: false);
        Add(journal.Previous, "identity-previous", isInUse: false);

        void Add(string pem, string name, bool isInUse)
        {
            if (CertificateChain.TryRead(pem, out CertificateChain? chain))
            {
                using (chain)
                {
                    found.Add(WatchedCertificate.Of(WatchedKind.Device, name, chain.Leaf) with { IsInUse = isInUse });
                    found.AddRange(chain.Issuers.Select(one => WatchedCertificate.Of(WatchedKind.Root, $"{name}-issuer", one) with { IsInUse = isInUse }));
                }
            }
        }
    }
}
