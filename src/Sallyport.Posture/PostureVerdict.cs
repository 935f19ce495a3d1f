using Sallyport.Telemetry;

namespace Sallyport.Posture;

/// <summary>What a check found.</summary>
public sealed record PostureVerdict
{
    private const int LongestEvidence = 512;

    private PostureVerdict(PostureResult result, string evidence)
    {
        (Result, Evidence) = (result, Clean(evidence));
    }

    /// <summary>What it comes to.</summary>
    public PostureResult Result { get; }

    /// <summary>What was seen, or why nothing could be: one sentence without control characters.</summary>
    public string Evidence { get; }

    /// <summary>As it should be.</summary>
    public static PostureVerdict Pass(string evidence) => new(PostureResult.Pass, evidence);

    /// <summary>Not as it should be.</summary>
    public static PostureVerdict Fail(string evidence) => new(PostureResult.Fail, evidence);

    /// <summary>It could not be found out. Missing evidence is never a pass.</summary>
    public static PostureVerdict CannotTell(string reason) => new(PostureResult.Unknown, reason);

    /// <summary>This box has no such thing.</summary>
    public static PostureVerdict NotApplicable(string reason) => new(PostureResult.NotApplicable, reason);

    /// <summary>Fails with what is wrong, or passes if nothing is.</summary>
    public static PostureVerdict Of(IReadOnlyCollection<string> wrong, string good) => wrong.Count == 0 ? Pass(good) : Fail(string.Join("; ", wrong) + ".");

    // Names of processes, accounts and containers are what strangers chose; they come to terminals and logs.
    private static string Clean(string text)
    {
        string cut = text.Length <= LongestEvidence ? text : string.Concat(text.AsSpan(0, LongestEvidence), "…");
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (int at = 0; at < span.Length; at++)
            {
                span[at] = char.IsControl(source[at]) || char.IsSurrogate(source[at]) ? '?' : source[at];
            }
        });
    }
}
