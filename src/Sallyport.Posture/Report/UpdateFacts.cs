namespace Sallyport.Posture.Report;

/// <summary>Updates of the operating system.</summary>
/// <param name="IsUnattended">Whether they are installed by themselves.</param>
/// <param name="NeedsRestart">Whether one waits for a restart.</param>
public sealed record UpdateFacts(bool IsUnattended, bool NeedsRestart);
