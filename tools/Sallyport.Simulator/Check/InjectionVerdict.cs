using System.Collections.Immutable;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Check;

/// <summary>Judges the check itself: what was injected has to be named as what it was, and nothing else; and without it everything has to be in order.</summary>
internal static class InjectionVerdict
{
    /// <summary>Judges.</summary>
    /// <param name="seen">The verdict on what arrived.</param>
    /// <param name="genuine">The verdict on what would have arrived.</param>
    /// <param name="injected">What was done.</param>
    /// <param name="waiting">How much was to be done and was not.</param>
    public static CheckReport Of(CheckReport seen, CheckReport genuine, IReadOnlyCollection<Injection> injected, int waiting)
    {
        var expected = injected.Where(injection => !injection.IsCopy).Select(injection => injection.Pages).ToArray();
        var missed = Without(expected, seen.Named);
        var invented = Without(seen.Named, expected);
        string[] faults =
        [
            .. expected.Where(pages => pages.Numbers().Any(missed.Contains)).Select(pages => $"Injected and not named as {pages.What}: {pages}."),
            .. seen.Named.Where(pages => pages.Numbers().Any(invented.Contains)).Select(pages => $"Named as {pages.What} and not injected: {pages}."),
            .. Counts(seen, injected),
            .. waiting > 0 ? (string[])[$"{waiting} injections found no batch to be done to."] : [],
            .. genuine.Passed ? [] : genuine.Findings.Select(finding => $"Without the injections: {finding}").Prepend("The check fails without the injections too."),
        ];
        return seen with { Passed = faults.Length == 0, Injected = injected.Count, Findings = [.. seen.Findings, .. faults] };
    }

    private static HashSet<(PageFault What, string Buffer, bool IsPage, long Number)> Without(IEnumerable<NamedPages> pages, IEnumerable<NamedPages> others)
    {
        var numbers = pages.SelectMany(one => one.Numbers()).ToHashSet();
        numbers.ExceptWith(others.SelectMany(other => other.Numbers()));
        return numbers;
    }

    /// <summary>Once each, and without any effect beside those of a batch that is missing.</summary>
    private static ImmutableArray<string> Counts(CheckReport seen, IReadOnlyCollection<Injection> injected)
    {
        long Of(PageFault what) => injected.Count(injection => injection.Pages.What == what && !injection.IsCopy);
        long copies = injected.Count(injection => injection.IsCopy);
        bool isMissing = Of(PageFault.Missing) > 0;
        return
        [
            .. seen.Forged == Of(PageFault.Forged) ? (string[])[] : [$"{seen.Forged} batches are named as forged, {Of(PageFault.Forged)} were."],
            .. seen.Replayed == Of(PageFault.Replayed) ? (string[])[] : [$"{seen.Replayed} batches are named as replayed, {Of(PageFault.Replayed)} were."],
            .. seen.Redelivered >= copies ? (string[])[] : [$"{copies} batches came again unchanged, and {seen.Redelivered} were seen to."],
            .. seen.Malformed + seen.Duplicates + seen.OutOfOrder == 0 ? (string[])[] : ["Something was taken from a batch that is forged or was there before."],
            .. isMissing || seen is { Unexplained: 0, UnexplainedFrames: 0, UnexplainedRecords: 0, ContentFindings: 0 }
                ? (string[])[] : ["Something is missing or not plausible, though no batch was taken away."],
        ];
    }
}
