using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Posture;

/// <summary>All checks, made once.</summary>
/// <param name="At">When.</param>
/// <param name="Findings">One for each check, in their order.</param>
public sealed record PostureAssessment(DateTimeOffset At, ImmutableArray<PostureFinding> Findings)
{
    /// <summary>0 to 100: the part of the checks that passed, of those that apply. What cannot be told counts as not passed.</summary>
    public int Score => ScoreOf(Count(PostureResult.Pass), Count(PostureResult.Fail), Count(PostureResult.Unknown));

    /// <summary>Makes all checks.</summary>
    public static PostureAssessment Of(PostureEvidence evidence, PosturePolicy policy) => new(
        evidence.At,
        [.. PostureChecks.All.Select(check => new PostureFinding(
            check,
            policy.NotApplicable.TryGetValue(check.Id, out string? reason) ? PostureVerdict.NotApplicable(reason) : check.Judge(evidence, policy)))]);

    /// <summary>The score of so many checks that passed, failed and cannot tell.</summary>
    public static int ScoreOf(int passed, int failed, int unknown) => passed + failed + unknown is > 0 and var applicable ? 100 * passed / applicable : 0;

    /// <summary>How many checks came to this.</summary>
    public int Count(PostureResult result) => Findings.Count(finding => finding.Verdict.Result == result);
}
