using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Sallyport.SealedRing.Format;

/// <summary>What stands encrypted in front of a page's body. Numbers are big-endian.</summary>
internal sealed record PageInterior
{
    private const int FixedSize = 152;

    /// <summary>Bytes that it takes if nothing was lost.</summary>
    public const int SizeWithoutGaps = FixedSize;

    /// <summary>The most bytes that it takes.</summary>
    public const int MaxSize = FixedSize + (3 * GapList.MaxSize);

    /// <summary>Seal of the page before; 32 bytes. Zeros in a snapshot.</summary>
    public required ImmutableArray<byte> PreviousMac { get; init; }

    /// <summary>Seal of this page; 32 bytes. Zeros in a snapshot.</summary>
    public required ImmutableArray<byte> Mac { get; init; }

    /// <summary>The public name of the chain that it was sealed with.</summary>
    public required UInt128 KeyId { get; init; }

    /// <summary>The epoch that the page was sealed in. The header names the one that it was encrypted in, which may be a later one.</summary>
    public required Epoch Epoch { get; init; }

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

    /// <summary>Losses that gap records told of, the delivery of which was not proven when the page was written.</summary>
    public required ImmutableArray<Gap> Told { get; init; }

    public int Size => FixedSize + GapList.SizeOf(Gaps.Length + Pending.Length + Told.Length);

    public void Write(Span<byte> to)
    {
        to[..FixedSize].Clear();
        PreviousMac.CopyTo(to);
        Mac.CopyTo(to[32..]);
        BinaryPrimitives.WriteInt64BigEndian(to[64..], Epoch.FirstPage);
        BinaryPrimitives.WriteInt64BigEndian(to[72..], OpenedWallMs);
        BinaryPrimitives.WriteInt64BigEndian(to[80..], SealedWallMs);
        BinaryPrimitives.WriteInt64BigEndian(to[88..], OldestSeq);
        BinaryPrimitives.WriteInt32BigEndian(to[96..], BodyLength);
        BinaryPrimitives.WriteInt64BigEndian(to[104..], PendingUncounted);
        BinaryPrimitives.WriteUInt128BigEndian(to[112..], KeyId);
        BinaryPrimitives.WriteInt64BigEndian(to[128..], Epoch.Number);
        BinaryPrimitives.WriteUInt128BigEndian(to[136..], Epoch.Id);
        to[100] = (byte)Gaps.Length;
        to[101] = (byte)Pending.Length;
        to[102] = (byte)Told.Length;
        GapList.Write(Gaps, to[FixedSize..]);
        GapList.Write(Pending, to[(FixedSize + GapList.SizeOf(Gaps.Length))..]);
        GapList.Write(Told, to[(FixedSize + GapList.SizeOf(Gaps.Length + Pending.Length))..]);
    }

    /// <summary>False for anything that <see cref="Write"/> did not write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out PageInterior? interior)
    {
        interior = null;
        if (from.Length < FixedSize
            || !GapList.TryRead(from[FixedSize..], from[100], out ImmutableArray<Gap> own)
            || !GapList.TryRead(from[(FixedSize + GapList.SizeOf(own.Length))..], from[101], out ImmutableArray<Gap> pending)
            || !GapList.TryRead(from[(FixedSize + GapList.SizeOf(own.Length + pending.Length))..], from[102], out ImmutableArray<Gap> told))
        {
            return false;
        }

        interior = new PageInterior
        {
            PreviousMac = [.. from[..32]],
            Mac = [.. from[32..64]],
            Epoch = new Epoch(
                BinaryPrimitives.ReadInt64BigEndian(from[128..]), BinaryPrimitives.ReadUInt128BigEndian(from[136..]), BinaryPrimitives.ReadInt64BigEndian(from[64..])),
            OpenedWallMs = BinaryPrimitives.ReadInt64BigEndian(from[72..]),
            SealedWallMs = BinaryPrimitives.ReadInt64BigEndian(from[80..]),
            OldestSeq = BinaryPrimitives.ReadInt64BigEndian(from[88..]),
            BodyLength = BinaryPrimitives.ReadInt32BigEndian(from[96..]),
            Gaps = own,
            Pending = pending,
            Told = told,
            KeyId = BinaryPrimitives.ReadUInt128BigEndian(from[112..]),
            PendingUncounted = BinaryPrimitives.ReadInt64BigEndian(from[104..]),
        };
        return interior.BodyLength is >= 0 and <= RingGeometry.MaxPageBytes && interior.PendingUncounted >= 0;
    }
}
