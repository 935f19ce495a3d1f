namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>One place where a rule is broken.</summary>
/// <param name="Pointer">JSON pointer of the place, or of where something is missing.</param>
/// <param name="Reason">What is wrong, one sentence.</param>
internal sealed record Complaint(string Pointer, string Reason);
