using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Sallyport.SealedRing.Format;

/// <summary>What stands encrypted in front of a page's body. Numbers are big-endian.</summary>
internal sealed record PageInterior
{
    private const int FixedSize = 128;

    private const int GapSize = 32;
    private const int MostGaps = 16;

    /// <summary>Bytes that it takes if nothing was lost.</summary>
    public const int SizeWithoutGaps = FixedSize;

    /// <summary>The most bytes that it takes.</summary>
    public const int MaxSize = FixedSize + (2 * MostGaps * GapSize);

    /// <summary>Seal of the page before; 32 bytes. Zeros in a snapshot.</summary>
    public required ImmutableArray<byte> PreviousMac { get; init; }

    /// <summary>Seal of this page; 32 bytes. Zeros in a snapshot.</summary>
    public required ImmutableArray<byte> Mac { get; init; }

    /// <summary>The public name of the chain that it was sealed with.</summary>
    public required UInt128 KeyId { get; init; }

    /// <summary>First page of the epoch that the page was sealed in.</summary>
    public required long EpochFirstPage { get; init; }

    public required long OpenedWallMs { get; init; }

    public required long SealedWallMs { get; init; }

    /// <summary>The first sequence number of the oldest page that was neither confirmed nor evicted when this one was written.</summary>
    public required long OldestSeq { get; init; }

    /// <summary>Bytes of the body before compression.</summary>
    public required int BodyLength { get; init; }

    /// <summary>What the gap records in this page say.</summary>
    public required ImmutableArray<Gap> Gaps { get; init; }

    /// <summary>Losses that no gap record spoke of yet when the page was written.</summary>
    public required ImmutableArray<Gap> Pending { get; init; }

    /// <summary>How many of them the lost records of the header do not count yet.</summary>
    public required long PendingUncounted { get; init; }

    public int Size => FixedSize + ((Gaps.Length + Pending.Length) * GapSize);

    public void Write(Span<byte> to)
    {
        to[..FixedSize].Clear();
        PreviousMac.CopyTo(to);
        Mac.CopyTo(to[32..]);
        BinaryPrimitives.WriteInt64BigEndian(to[64..], EpochFirstPage);
        BinaryPrimitives.WriteInt64BigEndian(to[72..], OpenedWallMs);
        BinaryPrimitives.WriteInt64BigEndian(to[80..], SealedWallMs);
        BinaryPrimitives.WriteInt64BigEndian(to[88..], OldestSeq);
        BinaryPrimitives.WriteInt32BigEndian(to[96..], BodyLength);
        BinaryPrimitives.WriteInt64BigEndian(to[104..], PendingUncounted);
        BinaryPrimitives.WriteUInt128BigEndian(to[112..], KeyId);
        to[100] = (byte)Gaps.Length;
        to[101] = (byte)Pending.Length;
        to = to[FixedSize..];
        foreach (Gap gap in (ReadOnlySpan<Gap>)[.. Gaps, .. Pending])
        {
            WriteGap(to, gap);
            to = to[GapSize..];
        }
    }

    /// <summary>False for anything that <see cref="Write"/> did not write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out PageInterior? interior)
    {
        interior = null;
        if (from.Length < FixedSize || from[100] > MostGaps || from[101] > MostGaps || from.Length < FixedSize + ((from[100] + from[101]) * GapSize))
        {
            return false;
        }

        ReadOnlySpan<byte> gaps = from[FixedSize..];
        if (!TryReadGaps(gaps, from[100], out ImmutableArray<Gap> own)
            || !TryReadGaps(gaps[(from[100] * GapSize)..], from[101], out ImmutableArray<Gap> pending))
        {
            return false;
        }

        interior = new PageInterior
        {
            PreviousMac = [.. from[..32]],
            Mac = [.. from[32..64]],
            EpochFirstPage = BinaryPrimitives.ReadInt64BigEndian(from[64..]),
            OpenedWallMs = BinaryPrimitives.ReadInt64BigEndian(from[72..]),
            SealedWallMs = BinaryPrimitives.ReadInt64BigEndian(from[80..]),
            OldestSeq = BinaryPrimitives.ReadInt64BigEndian(from[88..]),
            BodyLength = BinaryPrimitives.ReadInt32BigEndian(from[96..]),
            Gaps = own,
            Pending = pending,
            KeyId = BinaryPrimitives.ReadUInt128BigEndian(from[112..]),
            PendingUncounted = BinaryPrimitives.ReadInt64BigEndian(from[104..]),
        };
        return interior.BodyLength is >= 0 and <= RingGeometry.MaxPageBytes && interior.PendingUncounted >= 0;
    }

    private static void WriteGap(Span<byte> to, Gap gap)
    {
        to[..8].Clear();
        to[0] = (byte)gap.Reason;
        BinaryPrimitives.WriteInt64BigEndian(to[8..], gap.FirstSeq);
        BinaryPrimitives.WriteInt64BigEndian(to[16..], gap.LastSeq);
        BinaryPrimitives.WriteInt64BigEndian(to[24..], gap.Count);
    }

    private static bool TryReadGaps(ReadOnlySpan<byte> from, int count, out ImmutableArray<Gap> gaps)
    {
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
                gaps = [];
                return false;
            }

            read.Add(gap);
        }

        gaps = read.DrainToImmutable();
        return true;
    }
}
