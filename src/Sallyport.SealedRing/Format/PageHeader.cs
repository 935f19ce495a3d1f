using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sallyport.SealedRing.Format;

/// <summary>The first 128 bytes of a page: in clear, and all of them authenticated with what follows. Numbers are big-endian.</summary>
internal readonly record struct PageHeader
{
    /// <summary>In bytes.</summary>
    public const int Size = 128;

    private const ulong Magic = 0x5350_5041_4745_3031; // SPPAGE01
    private const int ChecksumAt = 92;

    public PageKind Kind { get; init; }

    /// <summary>What the records are; the owner's number, nothing to the ring.</summary>
    public byte Content { get; init; }

    public PageTraits Flags { get; init; }

    /// <summary>The highest mark of its records; the owner's number, nothing to the ring.</summary>
    public byte Mark { get; init; }

    /// <summary>Bytes between the header and the tag.</summary>
    public int Length { get; init; }

    public UInt128 Buffer { get; init; }

    public UInt128 EpochId { get; init; }

    public long EpochNumber { get; init; }

    /// <summary>Number of the page; of a state, its generation.</summary>
    public long Page { get; init; }

    public long FirstSeq { get; init; }

    public int Count { get; init; }

    /// <summary>Counts the snapshots of the same page.</summary>
    public int Version { get; init; }

    public Nonce Nonce { get; init; }

    /// <summary>Records lost since the ring was made, as far as gap records up to and including this page say.</summary>
    public long Lost { get; init; }

    /// <summary>The oldest page that was neither confirmed nor evicted when this one was written.</summary>
    public long OldestPage { get; init; }

    /// <summary>Of a page in the ring, its position; of the others, their slot.</summary>
    public long Position { get; init; }

    /// <summary>The page before it that was on the device when this one was written; 0 for none.</summary>
    public long PreviousPage { get; init; }

    public void Write(Span<byte> to)
    {
        to[..Size].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(to, Magic);
        to[8] = (byte)Kind;
        to[9] = Content;
        to[10] = (byte)Flags;
        to[11] = Mark;
        BinaryPrimitives.WriteInt32BigEndian(to[12..], Length);
        BinaryPrimitives.WriteUInt128BigEndian(to[16..], Buffer);
        BinaryPrimitives.WriteUInt128BigEndian(to[32..], EpochId);
        BinaryPrimitives.WriteInt64BigEndian(to[48..], EpochNumber);
        BinaryPrimitives.WriteInt64BigEndian(to[56..], Page);
        BinaryPrimitives.WriteInt64BigEndian(to[64..], FirstSeq);
        BinaryPrimitives.WriteInt32BigEndian(to[72..], Count);
        BinaryPrimitives.WriteInt32BigEndian(to[76..], Version);
        Nonce.Write(to[80..]);
        BinaryPrimitives.WriteInt64BigEndian(to[96..], Lost);
        BinaryPrimitives.WriteInt64BigEndian(to[104..], OldestPage);
        BinaryPrimitives.WriteInt64BigEndian(to[112..], Position);
        BinaryPrimitives.WriteInt64BigEndian(to[120..], PreviousPage);
        BinaryPrimitives.WriteUInt32BigEndian(to[ChecksumAt..], Checksum(to));
    }

    /// <summary>Whether it begins as a page does: what is not a good header then was one, or pretends to be.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> from) => from.Length >= Size && BinaryPrimitives.ReadUInt64BigEndian(from) == Magic;

    /// <summary>False for anything that no ring wrote. True proves nothing yet: only the tag does.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out PageHeader header)
    {
        header = default;
        if (from.Length < Size
            || BinaryPrimitives.ReadUInt64BigEndian(from) != Magic
            || BinaryPrimitives.ReadUInt32BigEndian(from[ChecksumAt..]) != Checksum(from))
        {
            return false;
        }

        header = new PageHeader
        {
            Kind = (PageKind)from[8],
            Content = from[9],
            Flags = (PageTraits)from[10],
            Mark = from[11],
            Length = BinaryPrimitives.ReadInt32BigEndian(from[12..]),
            Buffer = BinaryPrimitives.ReadUInt128BigEndian(from[16..]),
            EpochId = BinaryPrimitives.ReadUInt128BigEndian(from[32..]),
            EpochNumber = BinaryPrimitives.ReadInt64BigEndian(from[48..]),
            Page = BinaryPrimitives.ReadInt64BigEndian(from[56..]),
            FirstSeq = BinaryPrimitives.ReadInt64BigEndian(from[64..]),
            Count = BinaryPrimitives.ReadInt32BigEndian(from[72..]),
            Version = BinaryPrimitives.ReadInt32BigEndian(from[76..]),
            Nonce = Nonce.Read(from[80..]),
            Lost = BinaryPrimitives.ReadInt64BigEndian(from[96..]),
            OldestPage = BinaryPrimitives.ReadInt64BigEndian(from[104..]),
            Position = BinaryPrimitives.ReadInt64BigEndian(from[112..]),
            PreviousPage = BinaryPrimitives.ReadInt64BigEndian(from[120..]),
        };
        return header.IsSound;
    }

    private bool IsSound =>
        Kind is PageKind.Ring or PageKind.Snapshot or PageKind.State
        && Flags <= (PageTraits.Compressed | PageTraits.Gap | PageTraits.Recovered | PageTraits.ClockStepped)
        && Length is >= 0 and <= RingGeometry.MaxPageBytes - Size - PageCipher.TagSize
        && EpochNumber >= 0 && Page >= 0 && FirstSeq >= 0 && Count >= 0 && Version >= 0 && Lost >= 0 && OldestPage >= 0 && Position >= 0
        && PreviousPage >= 0 && Page < long.MaxValue / 2 && FirstSeq < long.MaxValue / 2 && Position < long.MaxValue / 2;

    // A cheap filter for headers that were torn; it protects against no attacker.
    private static uint Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(header[..Size]);
        for (int at = 0; at < words.Length; at++)
        {
            sum = BitOperations.Crc32C(sum, at == ChecksumAt / sizeof(uint) ? 0 : words[at]);
        }

        return ~sum;
    }
}
