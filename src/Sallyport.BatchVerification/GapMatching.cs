namespace Sallyport.BatchVerification;

/// <summary>Matches missing numbers with gap records, each as often as it counts.</summary>
/// <remarks>From low to high numbers, the gap that ends first before all others: no assignment explains more.</remarks>
internal static class GapMatching
{
    /// <summary>Explains one range of missing numbers; lower ones come first.</summary>
    /// <param name="hole">The missing numbers.</param>
    /// <param name="gaps">The gap records; the room that is used is taken from them.</param>
    /// <param name="isUsed">Whether the numbers are known to have been used.</param>
    public static IEnumerable<MissingRecords> Explain(NumberRange hole, List<KnownGap> gaps, bool isUsed)
    {
        foreach (NumberRange part in Parts(hole, gaps))
        {
            long left = part.Count;
            int[] covering = [.. Enumerable.Range(0, gaps.Count).Where(at => gaps[at].Covers(part)).OrderBy(at => gaps[at].Range.Last)];
            foreach (int at in covering)
            {
                long taken = Math.Min(left, gaps[at].Room);
                if (taken > 0)
                {
                    gaps[at] = gaps[at] with { Room = gaps[at].Room - taken };
                    left -= taken;
                    yield return new MissingRecords(part, taken, MissingKind.Lost, gaps[at].Reason);
                }
            }

            if (left > 0)
            {
                yield return covering.Length == 0
                    ? new MissingRecords(part, left, MissingKind.Unexplained, null)
                    : new MissingRecords(part, left, isUsed ? MissingKind.Doubtful : MissingKind.Skipped, gaps[covering[0]].Reason);
            }
        }
    }

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
