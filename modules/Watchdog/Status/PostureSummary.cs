using Sallyport.Posture;

namespace Sallyport.Watchdog.Status;

/// <summary>What the last posture check found.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Passed">Checks that passed.</param>
/// <param name="Failed">Checks that failed.</param>
/// <param name="Unknown">Checks that cannot tell.</param>
/// <param name="NotApplicable">Checks of something that this box does not have.</param>
internal sealed record PostureSummary(DateTimeOffset At, int Passed, int Failed, int Unknown, int NotApplicable)
{
    /// <summary>0 to 100, as the checks themselves reckon it.</summary>
    public int Score => PostureAssessment.ScoreOf(Passed, Failed, Unknown);
}
