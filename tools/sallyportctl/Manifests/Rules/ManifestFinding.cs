namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>A rule that is broken somewhere.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Complaint">Where, and what is wrong.</param>
internal sealed record ManifestFinding(ManifestRule Rule, Complaint Complaint)
{
    /// <summary>Whether it keeps the manifest from being deployed.</summary>
    public bool IsError => Rule.Severity is RuleSeverity.Error;
}
