using System.Collections.Immutable;
using System.Globalization;
using Sallyport.SealedRing.Inspection;

namespace Sallyport.Ctl.Ring.Verify;

/// <summary>What is checked of a ring.</summary>
internal static class RingChecks
{
    private const string NoKey = "the key is needed: --key-file";

    /// <summary>All checks; with the key there are more that say something.</summary>
    public static ImmutableArray<RingCheck> Of(RingFindings findings, RingVerification? verification)
    {
        ImmutableArray<string> problems = RingWords.ProblemsOf(findings);
        RingProof? proof = (verification as RingVerification.Opened)?.Proof;
        return
        [
            new("static block", problems.IsEmpty, problems.IsEmpty ? "both copies are good, states are there, headers agree with each other" : string.Join("; ", problems)),
            new("headers", findings.Flaws.IsEmpty, Flaws(findings.Flaws, $"{findings.Pages.Count} pages, {findings.Snapshots} open pages, {findings.States.Length} states: all in their places")),
            new("numbers", findings.Holes.IsEmpty ? true : null, findings.Holes.IsEmpty ? "the waiting pages follow each other without holes" : Holes(findings)),
            KeyOf(verification),
            proof is null ? new("tags", null, NoKey) : new("tags", proof.Flaws.IsEmpty, Flaws(proof.Flaws, $"{proof.Pages} pages, {proof.Snapshots} open pages, {proof.States} states")),
            proof is null
                ? new("chain", null, NoKey)
                : new("chain", proof.BrokenLinks == 0, $"{proof.Links} pages hold the seal of the page before, {proof.BrokenLinks} hold another"),
            proof?.WasClean is { } wasClean
                ? new("last run", true, wasClean ? "it ended in order" : "it did not end in order: the next opening skips the numbers that it may have used")
                : new("last run", null, proof is null ? NoKey : "no state says how it ended"),
            new("seals", null, "their keys are used once and gone: batch verify checks them with the chain's root"),
        ];
    }

    private static RingCheck KeyOf(RingVerification? verification) => verification switch
    {
        null => new("key", null, "--key-file was not given: whoever can write to the file may have written all of this"),
        RingVerification.Opened => new("key", true, "it opens a slot, and the static block was written with the ring's key"),
        RingVerification.KeyRefused refused => new("key", false, refused.Reason),
        RingVerification.StaticForged => new("key", false, "it opens a slot, and the static block was not written with the ring's key"),
        _ => new("key", false, "the ring changed while it was read"),
    };

    // A hole may be a page that was lost and told by a gap record: only the cloud's verifier holds them against each other.
    private static string Holes(RingFindings findings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{findings.Holes.Length} holes, the first from {findings.Holes[0].FirstSeq} to {findings.Holes[0].LastSeq}: a gap record may tell of them");

    private static string Flaws(ImmutableSortedDictionary<PageFlaw, int> flaws, string good) =>
        flaws.IsEmpty ? good : string.Join(", ", flaws.Select(flaw => string.Create(CultureInfo.InvariantCulture, $"{flaw.Value} × {RingWords.Meaning(flaw.Key)}")));
}
