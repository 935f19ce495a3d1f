namespace Sallyport.Posture;

/// <summary>A check and what it found.</summary>
/// <param name="Check">The check.</param>
/// <param name="Verdict">What it found.</param>
public sealed record PostureFinding(PostureCheck Check, PostureVerdict Verdict);
