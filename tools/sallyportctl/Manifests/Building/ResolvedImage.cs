namespace Sallyport.Ctl.Manifests.Building;

/// <summary>What became of an image of the template.</summary>
/// <param name="Template">What the template says.</param>
/// <param name="Reference">What the manifest says.</param>
internal sealed record ResolvedImage(string Template, string Reference);
