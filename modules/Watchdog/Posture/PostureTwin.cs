using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.Posture;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Posture;

/// <summary>Keeps the reported property <c>posture</c> at the last summary. What could not be reported is tried again, unless there is a newer one.</summary>
internal sealed partial class PostureTwin(IHubConnection hub, PostureMetrics metrics, ILogger<PostureTwin> logger)
{
    private const int Throttled = 429;
    private const int ServerFault = 500;

    private PostureAssessment? _reported;

    /// <summary>Reports, if this was not reported yet.</summary>
    public async Task ReportAsync(PostureAssessment assessment, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(assessment, _reported))
        {
            return;
        }

        switch (await hub.ReportAsync(PatchOf(assessment), cancellationToken))
        {
            case ReportOutcome.Accepted:
                _reported = assessment;
                break;
            case ReportOutcome.Refused { Status: not Throttled and < ServerFault } refused:
                // The same again would be refused again.
                _reported = assessment;
                metrics.TwinFailed();
                LogRefused(refused.Status);
                break;
            default:
                metrics.TwinFailed();
                break;
        }
    }

    private static JsonObject PatchOf(PostureAssessment assessment)
    {
        var failing = new JsonArray();
        foreach (PostureFinding finding in assessment.Findings.Where(finding => finding.Verdict.Result is PostureResult.Fail))
        {
            failing.Add((JsonNode)finding.Check.Id);
        }

        return new JsonObject
        {
            ["posture"] = new JsonObject
            {
                ["at"] = assessment.At.UtcDateTime,
                ["score"] = assessment.Score,
                ["passed"] = assessment.Count(PostureResult.Pass),
                ["failed"] = assessment.Count(PostureResult.Fail),
                ["unknown"] = assessment.Count(PostureResult.Unknown),
                ["notApplicable"] = assessment.Count(PostureResult.NotApplicable),
                ["failing"] = failing,
            },
        };
    }

    [LoggerMessage(7304, LogLevel.Error, "The summary of the posture checks was refused by the twin with status {Status}.")]
    private partial void LogRefused(int status);
}
