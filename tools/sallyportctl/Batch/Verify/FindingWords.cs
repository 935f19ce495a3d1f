using System.Globalization;
using Sallyport.BatchVerification.Content;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>What is wrong in records, for people.</summary>
internal static class FindingWords
{
    public static BatchProblem ProblemOf(RecordedMessage? message, ContentFinding finding) => finding switch
    {
        ContentFinding.RecordMalformed found => new(message, "malformed", "", Text($"record {found.Seq} is not what its schema says")),
        ContentFinding.TimeWentBack found => new(
            message, "time", "", Text($"frame {found.Seq} of {found.Stream}: {Time(found.Timestamp)} does not fit beside {Time(found.Before)}")),
        ContentFinding.FrameRepeated found => new(message, "repeated", "", Text($"frame {found.Seq} of {found.Stream} was there before")),
        ContentFinding.FramesMissing found => new(
            message, "missing", "", Text($"{found.Count} of the frames {found.Frames} of {found.Stream}; neither the reader nor the ring tells of a loss")),
        ContentFinding.OutOfRange found => new(
            message, "range", "", Text($"{Name(found.Rule)} {found.Value} at {Time(found.At)}, plausible are {Limit(found.Rule.Min)} to {Limit(found.Rule.Max)}")),
        ContentFinding.ChangedTooFast found => new(
            message, "rate", "", Text($"{Name(found.Rule)} {found.Value} at {Time(found.At)}: {Math.Round(found.PerSecond, 3)} a second, plausible are {Limit(found.Rule.MaxChangePerSecond)}")),
        ContentFinding.Stuck found => new(
            message, "stuck", "", Text($"{Name(found.Rule)} {found.Value} since {Time(found.Since)}, plausible are {Limit(found.Rule.StuckAfter?.TotalSeconds)} s")),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "Not a finding."),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Name(PointRule rule) => $"{rule.Source}/{rule.Point}";

    private static string Limit(double? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "any";
}
