using Sallyport.BatchVerification;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>What missing records are, for people.</summary>
internal static class MissingWords
{
    public static bool IsProblem(MissingKind kind) => kind is MissingKind.Unexplained or MissingKind.Doubtful;

    public static string For(MissingKind kind) => kind switch
    {
        MissingKind.Lost => "lost",
        MissingKind.Skipped => "skipped",
        MissingKind.Doubtful => "doubtful",
        MissingKind.Unexplained => "unexplained",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of missing records."),
    };

    public static string Meaning(MissingKind kind) => kind switch
    {
        MissingKind.Lost => "a gap record counts them",
        MissingKind.Skipped => "they were skipped after an unclean end",
        MissingKind.Doubtful => "a gap record covers them and does not count them",
        MissingKind.Unexplained => "no gap record speaks of them",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of missing records."),
    };
}
