using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>Matches missing numbers with gap records, each as often as it counts.</summary>
/// <remarks>
/// Numbers that were used come first, from low to high, and the gap that ends first before all others: no assignment explains more. What is left of the counts goes to
/// numbers that an unclean end may have skipped.
/// </remarks>
internal static class GapMatching
{
    /// <summary>Explains missing numbers.</summary>
    /// <param name="holes">The missing numbers, rising, and whether they are known to have been used.</param>
    /// <param name="gaps">The gap records; what numbers that were used take of their room is taken from them.</param>
    public static IEnumerable<MissingRecords> Explain(IEnumerable<(NumberRange Numbers, bool IsUsed)> holes, List<KnownGap> gaps)
    {
        ILookup<bool, NumberRange> parts = holes
            .SelectMany(hole => Parts(hole.Numbers, gaps).Select(part => (Part: part, MaySkip: !hole.IsUsed && IsUnclean(part, gaps))))
            .ToLookup(part => part.MaySkip, part => part.Part);
        List<MissingRecords> missing = [.. parts[false].SelectMany(part => Explain(part, gaps, maySkip: false))];
        List<KnownGap> rest = [.. gaps];
        missing.AddRange(parts[true].SelectMany(part => Explain(part, rest, maySkip: true)));
        return missing.OrderBy(records => records.Range.First);
    }

    private static List<MissingRecords> Explain(NumberRange part, List<KnownGap> gaps, bool maySkip)
    {
        List<MissingRecords> missing = [];
        long left = part.Count;
        int[] covering = [.. Enumerable.Range(0, gaps.Count).Where(at => gaps[at].Covers(part)).OrderBy(at => gaps[at].Range.Last)];
        foreach (int at in covering)
        {
            long taken = Math.Min(left, gaps[at].Room);
            if (taken > 0)
            {
                gaps[at] = gaps[at] with { Room = gaps[at].Room - taken };
                left -= taken;
                missing.Add(new MissingRecords(part, taken, MissingKind.Lost, gaps[at].Reason));
            }
        }

        if (left > 0)
        {
            missing.Add(covering.Length == 0 ? new MissingRecords(part, left, MissingKind.Unexplained, null)
                : maySkip ? new MissingRecords(part, left, MissingKind.Skipped, GapReason.Unclean)
                : new MissingRecords(part, left, MissingKind.Doubtful, gaps[covering[0]].Reason));
        }

        return missing;
    }

    private static bool IsUnclean(NumberRange part, List<KnownGap> gaps) => gaps.Exists(gap => gap.Reason == GapReason.Unclean && gap.Covers(part));

    // Within a part the same gaps cover every number.
    private static List<NumberRange> Parts(NumberRange hole, List<KnownGap> gaps)
    {
        long[] starts =
        [
            .. gaps.SelectMany(gap => (long[])[gap.Range.First, gap.Range.Last + 1])
                .Where(start => start > hole.First && start <= hole.Last).Append(hole.First).Append(hole.Last + 1).Distinct().Order(),
        ];
        return [.. starts.Zip(starts.Skip(1), (start, end) => new NumberRange(start, end - 1))];
    }
}
