using System.Diagnostics;

namespace Sallyport.Hosting.Tracing;

/// <summary>How spans end: each says what came of it, in one word.</summary>
public static class SpanEnding
{
    /// <summary>The attribute with that word.</summary>
    public const string Outcome = "sallyport.outcome";

    /// <summary>Ends a span; nothing happens if there is none, or if it has ended.</summary>
    /// <param name="span">The span.</param>
    /// <param name="outcome">One of docs/operations/traces.md.</param>
    /// <param name="isError">Whether somebody lost something by it, or did not get what he asked for.</param>
    public static void End(this Activity? span, string outcome, bool isError = false)
    {
        if (span is { IsStopped: false })
        {
            span.SetTag(Outcome, outcome);
            span.SetStatus(isError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            span.Stop();
        }
    }
}
