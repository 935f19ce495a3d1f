using System.Buffers.Binary;
using System.Collections.Immutable;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Format;

/// <summary>What a state slot holds, encrypted: the numbers that may be used, and the root of the next epoch's chain of seals.</summary>
internal sealed record RingState
{
    private const int FixedSize = 168;

    /// <summary>True if the run that wrote it had committed everything and ended.</summary>
    public required bool IsClean { get; init; }

    /// <summary>Sequence numbers below it may have been used.</summary>
    public required long SeqReserved { get; init; }

    /// <summary>Page numbers below it may have been used.</summary>
    public required long PageReserved { get; init; }

    /// <summary>The next sequence number, if clean.</summary>
    public required long NextSeq { get; init; }

    /// <summary>The next page number, if clean.</summary>
    public required long NextPage { get; init; }

    /// <summary>Oldest page neither confirmed nor evicted, and its first number.</summary>
    public required long OldestPage { get; init; }

    public required long OldestSeq { get; init; }

    /// <summary>Where the next page goes.</summary>
    public required long HeadPosition { get; init; }

    /// <summary>Records lost, as far as gap records say.</summary>
    public required long Lost { get; init; }

    /// <summary>The seal of the last page; 32 bytes.</summary>
    public required ImmutableArray<byte> LastMac { get; init; }

    /// <summary>The public name of the chain.</summary>
    public required UInt128 KeyId { get; init; }

    /// <summary>The epoch whose chain begins with the root that is kept here.</summary>
    public required long RootEpoch { get; init; }

    /// <summary>Hands the chain's root to the verifier; opaque, empty while there is none.</summary>
    public required ImmutableArray<byte> Announcement { get; init; }

    /// <summary>Losses that no gap record spoke of yet.</summary>
    public required ImmutableArray<Gap> Pending { get; init; }

    /// <summary>How many of them <see cref="Lost"/> does not count yet.</summary>
    public required long PendingUncounted { get; init; }

    /// <summary>Losses that gap records told of, the delivery of which was not proven.</summary>
    public required ImmutableArray<Gap> Told { get; init; }

    public int Size => FixedSize + Announcement.Length + GapList.SizeOf(Pending.Length + Told.Length);

    /// <summary>Writes the state with the root of the next epoch's chain.</summary>
    public void Write(SecretKey nextChainRoot, Span<byte> to)
    {
        to[0] = IsClean ? (byte)1 : (byte)0;
        to[1] = (byte)Pending.Length;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)Announcement.Length);
        BinaryPrimitives.WriteInt64BigEndian(to[4..], SeqReserved);
        BinaryPrimitives.WriteInt64BigEndian(to[12..], PageReserved);
        BinaryPrimitives.WriteInt64BigEndian(to[20..], NextSeq);
        BinaryPrimitives.WriteInt64BigEndian(to[28..], NextPage);
        BinaryPrimitives.WriteInt64BigEndian(to[36..], OldestPage);
        BinaryPrimitives.WriteInt64BigEndian(to[44..], OldestSeq);
        BinaryPrimitives.WriteInt64BigEndian(to[52..], HeadPosition);
        BinaryPrimitives.WriteInt64BigEndian(to[60..], Lost);
        LastMac.CopyTo(to[68..]);
        BinaryPrimitives.WriteUInt128BigEndian(to[100..], KeyId);
        nextChainRoot.Bytes.CopyTo(to[116..]);
        BinaryPrimitives.WriteInt64BigEndian(to[148..], RootEpoch);
        BinaryPrimitives.WriteInt64BigEndian(to[156..], PendingUncounted);
        BinaryPrimitives.WriteInt32BigEndian(to[164..], Told.Length);
        Announcement.CopyTo(to[FixedSize..]);
        GapList.Write(Pending, to[(FixedSize + Announcement.Length)..]);
        GapList.Write(Told, to[(FixedSize + Announcement.Length + GapList.SizeOf(Pending.Length))..]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. The root is the caller's to dispose.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out (RingState State, SecretKey NextChainRoot) read)
    {
        read = default;
        if (from.Length < FixedSize || from[0] > 1)
        {
            return false;
        }

        int announcement = BinaryPrimitives.ReadUInt16BigEndian(from[2..]);
        if (from.Length != FixedSize + announcement + GapList.SizeOf(from[1] + from[167])
            || !GapList.TryRead(from[(FixedSize + announcement)..], from[1], out ImmutableArray<Gap> pending)
            || !GapList.TryRead(from[(FixedSize + announcement + GapList.SizeOf(from[1]))..], from[167], out ImmutableArray<Gap> told))
        {
            return false;
        }

        var state = new RingState
        {
            IsClean = from[0] == 1,
            SeqReserved = BinaryPrimitives.ReadInt64BigEndian(from[4..]),
            PageReserved = BinaryPrimitives.ReadInt64BigEndian(from[12..]),
            NextSeq = BinaryPrimitives.ReadInt64BigEndian(from[20..]),
            NextPage = BinaryPrimitives.ReadInt64BigEndian(from[28..]),
            OldestPage = BinaryPrimitives.ReadInt64BigEndian(from[36..]),
            OldestSeq = BinaryPrimitives.ReadInt64BigEndian(from[44..]),
            HeadPosition = BinaryPrimitives.ReadInt64BigEndian(from[52..]),
            Lost = BinaryPrimitives.ReadInt64BigEndian(from[60..]),
            LastMac = [.. from[68..100]],
            KeyId = BinaryPrimitives.ReadUInt128BigEndian(from[100..]),
            RootEpoch = BinaryPrimitives.ReadInt64BigEndian(from[148..]),
            Announcement = [.. from.Slice(FixedSize, announcement)],
            Pending = pending,
            Told = told,
            PendingUncounted = BinaryPrimitives.ReadInt64BigEndian(from[156..]),
        };
        read = (state, SecretKey.Copy(from.Slice(116, SecretKey.Size)));
        return true;
    }
}
