using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>Which numbers of records arrived, which are told to be lost, and what that leaves. Bounded: the oldest holes are judged for good when there are too many. Not safe for several threads.</summary>
internal sealed class RecordNumbers(EpochTable epochs)
{
    private const int Most = 1024;

    /// <summary>Numbers that arrived in the page that they were sealed in first.</summary>
    public NumberSet Sealed { get; } = new();

    /// <summary>Numbers that arrived in a recovered page.</summary>
    public NumberSet Recovered { get; } = new();

    /// <summary>Both.</summary>
    public NumberSet Arrived { get; } = new();

    /// <summary>What gap records told.</summary>
    public List<KnownGap> Gaps { get; } = [];

    /// <summary>Missing records that were judged for good, added up by kind.</summary>
    public long[] Settled { get; } = new long[Enum.GetValues<MissingKind>().Length];

    /// <summary>Where it begins; null before the first page.</summary>
    public long? First { get; set; }

    /// <summary>Up to this number everything is judged for good; -1 for nothing.</summary>
    public long SettledTo { get; set; } = -1;

    private IEnumerable<NumberRange> Holes => First is { } first && Arrived.Ranges.Count > 0 && Arrived.Ranges[0].First > first
        ? Arrived.Holes.Prepend(new NumberRange(first, Arrived.Ranges[0].First - 1))
        : Arrived.Holes;

    private NumberRange? OldestHole => Holes.Select(hole => (NumberRange?)hole).FirstOrDefault();

    /// <summary>Adds what a page brought.</summary>
    public void Add(NumberRange records, bool isRecovered, ImmutableArray<GapRecord> gaps)
    {
        (isRecovered ? Recovered : Sealed).Add(records);
        Arrived.Add(records);
        foreach (GapRecord gap in gaps.Where(gap => gap.FirstSeq < records.First))
        {
            // What comes after the gap record itself it cannot know.
            Gaps.Add(new KnownGap(gap.Reason, new NumberRange(gap.FirstSeq, Math.Min(gap.LastSeq, records.First - 1)), gap.Count));
        }

        Settle();
    }

    /// <summary>The reasons of gap records that speak of all numbers of a range; empty if one of them is told by none.</summary>
    public ImmutableArray<GapReason> ReasonsFor(NumberRange missing)
    {
        MissingRecords[] parts = [.. GapMatching.Explain([(missing, false)], [.. Gaps])];
        return parts.Any(part => part.Kind == MissingKind.Unexplained) ? [] : [.. parts.Select(part => part.Reason!.Value).Distinct()];
    }

    /// <summary>All that is missing now.</summary>
    public ImmutableArray<MissingRecords> Missing() => [.. GapMatching.Explain(Holes.Select(WithUse), [.. Gaps])];

    private (NumberRange Numbers, bool IsUsed) WithUse(NumberRange hole) => (hole, epochs.Used(hole));

    private void Settle()
    {
        while (OldestHole is { } oldest && (Arrived.Ranges.Count > Most || (Gaps.Count > Most && oldest.First <= Gaps[0].Range.Last)))
        {
            foreach (MissingRecords missing in GapMatching.Explain([WithUse(oldest)], Gaps))
            {
                Settled[(int)missing.Kind] += missing.Count;
            }

            Arrived.Add(oldest);
            Sealed.Add(oldest);
            SettledTo = Math.Max(SettledTo, oldest.Last);
        }

        if (Gaps.Count > Most)
        {
            Gaps.RemoveAt(0);
        }

        while (Recovered.Ranges.Count > Most)
        {
            Sealed.Add(Recovered.RemoveLowest());
        }
    }
}
