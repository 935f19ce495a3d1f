using Sallyport.BatchVerification.Content;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>What is wrong in records, for people.</summary>
internal static class FindingWords
{
    public static BatchProblem ProblemOf(RecordedMessage? message, ContentFinding finding) => new(message, KindOf(finding), "", ContentFindingText.Of(finding));

    private static string KindOf(ContentFinding finding) => finding switch
    {
        ContentFinding.RecordMalformed => "malformed",
        ContentFinding.TimeWentBack => "time",
        ContentFinding.FrameRepeated => "repeated",
        ContentFinding.FramesMissing => "missing",
        ContentFinding.OutOfRange => "range",
        ContentFinding.ChangedTooFast => "rate",
        ContentFinding.Stuck => "stuck",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "Not a finding."),
    };
}
