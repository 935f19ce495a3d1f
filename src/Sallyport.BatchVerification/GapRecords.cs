using System.Collections.Immutable;
using Sallyport.SealedRing;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>The ring's gaps as the records that tell of them, both ways.</summary>
public static class GapRecords
{
    /// <summary>The record of a gap. A gap that was told again may have grown together with itself: more than its range it cannot count.</summary>
    public static GapRecord Of(Gap gap) =>
        new(ReasonOf(gap.Reason), gap.FirstSeq, gap.LastSeq, Math.Min(gap.Count, gap.LastSeq - gap.FirstSeq + 1));

    /// <summary>Reads the records of a gap page. False if one of them is anything but a gap record of a ring.</summary>
    internal static bool TryRead(ImmutableArray<ReadOnlyMemory<byte>> records, out ImmutableArray<GapRecord> gaps)
    {
        ImmutableArray<GapRecord>.Builder read = ImmutableArray.CreateBuilder<GapRecord>(records.Length);
        foreach (ReadOnlyMemory<byte> record in records)
        {
            if (!GapRecordJson.TryRead(record.Span, out GapRecord? gap) || gap.Origin is not null)
            {
                gaps = [];
                return false;
            }

            read.Add(gap);
        }

        gaps = read.MoveToImmutable();
        return true;
    }

    private static GapReason ReasonOf(LossReason reason) => reason switch
    {
        LossReason.Evicted => GapReason.Evicted,
        LossReason.Unconfirmed => GapReason.Unconfirmed,
        LossReason.Oversize => GapReason.Oversize,
        LossReason.Unreadable => GapReason.Unreadable,
        LossReason.Unclean => GapReason.Unclean,
        LossReason.KeyLost => GapReason.KeyLost,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a loss."),
    };
}
