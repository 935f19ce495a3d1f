using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Events;
using Sallyport.Posture;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Posture;

/// <summary>Tells people and the cloud what the checks found: what changed at once, everything once a day.</summary>
internal sealed partial class PostureTale(ModuleEvents events, ILogger<PostureTale> logger)
{
    private readonly Dictionary<string, PostureVerdict> _told = new(StringComparer.Ordinal);

    /// <summary>Tells.</summary>
    /// <param name="assessment">What was found.</param>
    /// <param name="isWhole">Whether every result becomes an event, changed or not.</param>
    public void Tell(PostureAssessment assessment, bool isWhole)
    {
        foreach (PostureFinding finding in assessment.Findings)
        {
            bool isNew = IsNew(finding);
            _told[finding.Check.Id] = finding.Verdict;
            if (isNew)
            {
                Log(finding);
            }

            if (isNew || isWhole)
            {
                Raise(finding);
            }
        }

        if (isWhole)
        {
            LogWhole(assessment.Score, assessment.Count(PostureResult.Pass), assessment.Count(PostureResult.Fail), assessment.Count(PostureResult.Unknown), assessment.Count(PostureResult.NotApplicable));
        }
    }

    // What fails may fail for another reason now: a second port that is open is news.
    private bool IsNew(PostureFinding finding) =>
        !_told.TryGetValue(finding.Check.Id, out PostureVerdict? before)
        || before.Result != finding.Verdict.Result
        || (finding.Verdict.Result is PostureResult.Fail && before != finding.Verdict);

    private void Raise(PostureFinding finding)
    {
        PostureCheck check = finding.Check;
        var evidence = ModuleEvents.None
            .Add("evidence", PointValue.FromText(finding.Verdict.Evidence))
            .Add("iec62443", PointValue.FromText(check.Iec62443))
            .Add("nist80082", PointValue.FromText(check.Nist80082))
            .Add("remedy", PointValue.FromText(check.Remedy));
        events.Posture(
            check.Id, finding.Verdict.Result, finding.Verdict.Result is PostureResult.Fail ? check.Severity : EventSeverity.Informational, check.Demand, evidence);
    }

    private void Log(PostureFinding finding)
    {
        switch (finding.Verdict.Result)
        {
            case PostureResult.Fail:
                LogFailed(finding.Check.Id, finding.Verdict.Evidence, finding.Check.Remedy);
                break;
            case PostureResult.Unknown:
                LogUnknown(finding.Check.Id, finding.Verdict.Evidence);
                break;
            default:
                LogGood(finding.Check.Id, finding.Verdict.Evidence);
                break;
        }
    }

    [LoggerMessage(7300, LogLevel.Warning, "Posture check '{Check}' fails: {Evidence} What to do: {Remedy}")]
    private partial void LogFailed(string check, string evidence, string remedy);

    [LoggerMessage(7301, LogLevel.Information, "Posture check '{Check}' cannot tell: {Evidence}")]
    private partial void LogUnknown(string check, string evidence);

    [LoggerMessage(7302, LogLevel.Debug, "Posture check '{Check}' passes or does not apply: {Evidence}")]
    private partial void LogGood(string check, string evidence);

    [LoggerMessage(7303, LogLevel.Information, "Posture: score {Score} of 100; {Passed} passed, {Failed} failed, {Unknown} cannot be told, {NotApplicable} do not apply.")]
    private partial void LogWhole(int score, int passed, int failed, int unknown, int notApplicable);
}
