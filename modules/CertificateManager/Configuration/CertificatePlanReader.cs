using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>Reads the module's desired properties.</summary>
internal sealed class CertificatePlanReader : IPlanReader<CertificatePlan>
{
    private const int MostPlaces = 64;

    /// <inheritdoc/>
    public PlanReading<CertificatePlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        CertificatePlan plan = Read(DesiredReader.Root(desired, faults));
        return faults.IsEmpty ? new PlanReading<CertificatePlan>.Accepted(plan) : new PlanReading<CertificatePlan>.Refused(faults.ToImmutable());
    }

    private static CertificatePlan Read(DesiredReader root)
    {
        _ = root.IsObjectOf("deviceId", "est", "bootstrap", "roots", "overlapDays", "dps", "watch", "edgeHub", "opcUaStores");
        _ = root["edgeHub"].TryFlag(absent: true, out var watchesEdgeHub);
        EnrolmentPlan? enrolment = EnrolmentReader.Read(root);
        DesiredReader roots = root["roots"];
        return new CertificatePlan
        {
            Enrolment = enrolment,
            RootsFile = enrolment?.RootsFile ?? (roots.Exists && !root["est"].Exists ? PathText.Read(roots) : null),
            Places = ReadPlaces(root["watch"]),
            WatchesEdgeHub = watchesEdgeHub,
            Stores = OpcUaStoresReader.Read(root["opcUaStores"]),
        };
    }

    private static ImmutableArray<WatchedPlace> ReadPlaces(DesiredReader section)
    {
        if (!section.Exists)
        {
            return [];
        }

        var places = ImmutableArray.CreateBuilder<WatchedPlace>();
        foreach (DesiredReader entry in section.NamedEntries(MostPlaces))
        {
            if (entry.IsObjectOf("kind", "path") & entry["kind"].TryChoice(WatchedKinds.Configurable, out WatchedKind kind) && PathText.Read(entry["path"]) is { } path)
            {
                places.Add(new WatchedPlace(entry.Name, kind, path));
            }
        }

        return places.ToImmutable();
    }
}
