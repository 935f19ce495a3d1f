using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Posture;
using Sallyport.Telemetry;
using Spectre.Console;

namespace Sallyport.Ctl.Posture;

/// <summary>What the checks found, worst first.</summary>
internal sealed class PostureReport(string host, DateTimeOffset collectedAt, PostureAssessment assessment) : IReport
{
    private static readonly PostureResult[] Order = [PostureResult.Fail, PostureResult.Unknown, PostureResult.Pass, PostureResult.NotApplicable];

    private int Failed => assessment.Count(PostureResult.Fail);

    /// <inheritdoc/>
    public ExitCode ExitCode => Failed is 0 ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(
            FormattableString.Invariant($"{host}: score {assessment.Score} of 100, {Failed} failed, {assessment.Count(PostureResult.Unknown)} cannot be told, {assessment.Count(PostureResult.Pass)} passed."),
            Failed is 0 ? Color.Green : Color.Red);
        screen.Line($"The host was looked at {Date(collectedAt)}.");
        ImmutableArray<PostureFinding> findings = [.. assessment.Findings.OrderBy(finding => Array.IndexOf(Order, finding.Verdict.Result)).ThenByDescending(finding => finding.Check.Severity)];
        screen.Table(new ReportTable("Checks", ["Result", "Severity", "Check", "Evidence"], [.. findings.Select(Row)]));
        ImmutableArray<ImmutableArray<string>> remedies = [.. findings.Where(finding => finding.Verdict.Result is PostureResult.Fail).Select(finding => ImmutableArray.Create(finding.Check.Id, finding.Check.Remedy))];
        if (!remedies.IsEmpty)
        {
            screen.Table(new ReportTable("What to do", ["Check", "Remedy"], remedies));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("host", host);
        json.WriteString("collectedAt", collectedAt.UtcDateTime);
        json.WriteNumber("score", assessment.Score);
        json.WriteStartArray("checks");
        foreach (PostureFinding finding in assessment.Findings)
        {
            json.WriteStartObject();
            json.WriteString("id", finding.Check.Id);
            json.WriteString("result", finding.Verdict.Result.ToString());
            json.WriteString("severity", finding.Check.Severity.ToString());
            json.WriteString("demand", finding.Check.Demand);
            json.WriteString("evidence", finding.Verdict.Evidence);
            json.WriteString("remedy", finding.Check.Remedy);
            json.WriteString("iec62443", finding.Check.Iec62443);
            json.WriteString("nist80082", finding.Check.Nist80082);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(PostureFinding finding) => [WordFor(finding.Verdict.Result), finding.Check.Severity.ToString(), finding.Check.Id, finding.Verdict.Evidence];

    private static string WordFor(PostureResult result) => result switch
    {
        PostureResult.Pass => "pass",
        PostureResult.Fail => "FAIL",
        PostureResult.Unknown => "cannot tell",
        _ => "not applicable",
    };

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
