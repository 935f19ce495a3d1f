using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Sallyport.SealedRing.Format;

/// <summary>Gaps as they lie on a device: 32 bytes each.</summary>
internal static class GapList
{
    private const int GapSize = 32;
    private const int Most = 16;

    /// <summary>The most bytes that a list takes.</summary>
    public const int MaxSize = Most * GapSize;

    public static int SizeOf(int gaps) => gaps * GapSize;

    public static void Write(ImmutableArray<Gap> gaps, Span<byte> to)
    {
        foreach (Gap gap in gaps)
        {
            to[..8].Clear();
            to[0] = (byte)gap.Reason;
            BinaryPrimitives.WriteInt64BigEndian(to[8..], gap.FirstSeq);
            BinaryPrimitives.WriteInt64BigEndian(to[16..], gap.LastSeq);
            BinaryPrimitives.WriteInt64BigEndian(to[24..], gap.Count);
            to = to[GapSize..];
        }
    }

    /// <summary>False for anything that <see cref="Write"/> did not write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, int count, out ImmutableArray<Gap> gaps)
    {
        gaps = [];
        if (count == 0)
        {
            return true;
        }

        if (count > Most || from.Length < SizeOf(count))
        {
            return false;
        }

        ImmutableArray<Gap>.Builder read = ImmutableArray.CreateBuilder<Gap>(count);
        for (; count > 0; count--, from = from[GapSize..])
        {
            var gap = new Gap(
                (LossReason)from[0],
                BinaryPrimitives.ReadInt64BigEndian(from[8..]),
                BinaryPrimitives.ReadInt64BigEndian(from[16..]),
                BinaryPrimitives.ReadInt64BigEndian(from[24..]));
            if (gap.Reason is < LossReason.Evicted or > LossReason.KeyLost || gap.FirstSeq < 0 || gap.LastSeq < gap.FirstSeq || gap.Count < 0)
            {
                return false;
            }

            read.Add(gap);
        }

        gaps = read.MoveToImmutable();
        return true;
    }
}
