using System.Collections.Immutable;
using Sallyport.Ctl.Manifests.Rules;

namespace Sallyport.Ctl.Manifests.Validate;

/// <summary>What is wrong with one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Findings">Empty if nothing is.</param>
internal sealed record FileFindings(string Path, ImmutableArray<ManifestFinding> Findings)
{
    /// <summary>How many keep it from being deployed.</summary>
    public int Errors => Findings.Count(finding => finding.IsError);

    /// <summary>One line.</summary>
    public string Summary => Findings.IsEmpty ? $"{Path}: nothing is wrong by {ManifestRules.All.Length} rules." : FormattableString.Invariant($"{Path}: {Errors} errors, {Findings.Length - Errors} warnings.");
}
