using System.Globalization;

namespace Sallyport.BatchVerification.Content;

/// <summary>What is wrong in records, for people.</summary>
public static class ContentFindingText
{
    /// <summary>One clause, without a full stop.</summary>
    /// <param name="finding">What was found.</param>
    public static string Of(ContentFinding finding) => finding switch
    {
        ContentFinding.RecordMalformed found => Text($"record {found.Seq} is not what its schema says"),
        ContentFinding.TimeWentBack found => Text($"frame {found.Seq} of {found.Stream}: {Time(found.Timestamp)} does not fit beside {Time(found.Before)}"),
        ContentFinding.FrameRepeated found => Text($"frame {found.Seq} of {found.Stream} was there before"),
        ContentFinding.FramesMissing found => Text($"{found.Count} of the frames {found.Frames} of {found.Stream}; neither the reader nor the ring tells of a loss"),
        ContentFinding.OutOfRange found => Text(
            $"{Name(found.Rule)} {found.Value} at {Time(found.At)}, plausible are {Limit(found.Rule.Min)} to {Limit(found.Rule.Max)}"),
        ContentFinding.ChangedTooFast found => Text(
            $"{Name(found.Rule)} {found.Value} at {Time(found.At)}: {Math.Round(found.PerSecond, 3)} a second, plausible are {Limit(found.Rule.MaxChangePerSecond)}"),
        ContentFinding.Stuck found => Text(
            $"{Name(found.Rule)} {found.Value} since {Time(found.Since)}, plausible are {Limit(found.Rule.StuckAfter?.TotalSeconds)} s"),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "Not a finding."),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Name(PointRule rule) => $"{rule.Source}/{rule.Point}";

    private static string Limit(double? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "any";
}
