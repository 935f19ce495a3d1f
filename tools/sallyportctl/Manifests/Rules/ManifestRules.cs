using System.Collections.Immutable;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>All rules, and how they are applied.</summary>
internal static class ManifestRules
{
    private static readonly ManifestRule Readable = new(
        "readable",
        RuleSeverity.Error,
        "The file is a deployment that edgeAgent and edgeHub read.",
        "Mend what stands at the pointer; the other rules see all of the file only then.",
        static _ => []);

    /// <summary>In the order of the document that describes them.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        Readable,
        .. DocumentRules.All,
        .. ImageRules.All,
        .. RuntimeRules.All,
        .. ConfinementRules.All,
        .. ExposureRules.All,
        .. RouteRules.All,
        .. SecretRules.All,
        .. CollectorRules.All,
        .. DesiredRules.All,
        .. BuildRules.All,
    ];

    /// <summary>Applies all rules to a file.</summary>
    /// <param name="json">Its content.</param>
    /// <param name="find">Values of placeholders.</param>
    public static ImmutableArray<ManifestFinding> Judge(string json, Func<string, string?> find)
    {
        DeploymentDocument document;
        try
        {
            document = DeploymentDocument.Read(json, find);
        }
        catch (ManifestException refused)
        {
            return [Of(refused)];
        }

        ImmutableArray<ManifestFinding> findings = [.. All.SelectMany(rule => Judge(rule, document)).Distinct()];
        return Unreadable(json, find) is { } refusedAsAWhole && !findings.Any(finding => Covers(finding, refusedAsAWhole)) ? findings.Insert(0, Of(refusedAsAWhole)) : findings;
    }

    private static IEnumerable<ManifestFinding> Judge(ManifestRule rule, DeploymentDocument document)
    {
        try
        {
            return [.. rule.Judge(document).Select(complaint => new ManifestFinding(rule, complaint))];
        }
        catch (ManifestException refused)
        {
            return [Of(refused)];
        }
    }

    // What reads a manifest for its work may refuse more than a rule has a name for.
    private static ManifestException? Unreadable(string json, Func<string, string?> find)
    {
        try
        {
            _ = DeploymentManifest.Parse(json, name => find(name) ?? name);
            return null;
        }
        catch (ManifestException refused)
        {
            return refused;
        }
    }

    private static bool Covers(ManifestFinding finding, ManifestException refused) =>
        finding.IsError && finding.Complaint.Pointer.StartsWith(refused.Pointer, StringComparison.Ordinal);

    /// <summary>What keeps a file from being read, as a finding.</summary>
    public static ManifestFinding Of(ManifestException refused) => new(Readable, new Complaint(refused.Pointer, refused.Reason));
}
