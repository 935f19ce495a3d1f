namespace Sallyport.Posture.Report;

/// <summary>Time synchronisation.</summary>
/// <param name="IsSynchronised">Whether the clock follows a source now.</param>
/// <param name="Source">Who says so, for example <c>timedatectl</c>.</param>
public sealed record ClockFacts(bool IsSynchronised, string Source);
