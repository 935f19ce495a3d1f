using System.Collections.Immutable;
using Sallyport.Ctl.Manifests.Rules;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>What came of a build. Closed: the nested records are all there is.</summary>
/// <param name="Findings">What is wrong; warnings alone if there is a manifest.</param>
internal abstract record BuildOutcome(ImmutableArray<ManifestFinding> Findings)
{
    /// <summary>A manifest that may be deployed.</summary>
    /// <param name="Manifest">The file.</param>
    /// <param name="Images">Its images, in the order of the template.</param>
    /// <param name="Findings">Warnings.</param>
    internal sealed record Built(ReadOnlyMemory<byte> Manifest, ImmutableArray<ResolvedImage> Images, ImmutableArray<ManifestFinding> Findings) : BuildOutcome(Findings);

    /// <summary>None.</summary>
    /// <param name="Findings">Why.</param>
    internal sealed record Refused(ImmutableArray<ManifestFinding> Findings) : BuildOutcome(Findings);
}
