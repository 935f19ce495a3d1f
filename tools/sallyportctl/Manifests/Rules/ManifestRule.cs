namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>One thing that is demanded of a manifest.</summary>
/// <param name="Id">Its name; it stands in docs/operations/manifests.md and does not change.</param>
/// <param name="Severity">How bad it is when it is broken.</param>
/// <param name="Demand">What is demanded, one sentence.</param>
/// <param name="Remedy">What to do when it is broken.</param>
/// <param name="Judge">Finds the places where it is broken. It may throw <see cref="Sallyport.Manifest.ManifestException"/> where the document has not the shape to be judged.</param>
internal sealed record ManifestRule(string Id, RuleSeverity Severity, string Demand, string Remedy, Func<DeploymentDocument, IEnumerable<Complaint>> Judge);
