using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Format;

/// <summary>The first block of a device and its copy: what the ring is, and its key, wrapped. Written when the ring is made, when a slot changes and when it is wiped.</summary>
/// <param name="Buffer">Id of the ring; random.</param>
/// <param name="Geometry">Of the device.</param>
/// <param name="Generation">Goes up with each writing; of two good copies the higher counts.</param>
/// <param name="CreatedWallMs">Milliseconds since 1970.</param>
/// <param name="IsWiping">Set before the keys are destroyed: an interrupted wipe goes on at the next start.</param>
/// <param name="Slots">One to four.</param>
public sealed record StaticBlock(
    UInt128 Buffer, RingGeometry Geometry, long Generation, long CreatedWallMs, bool IsWiping, ImmutableArray<KeySlot> Slots)
{
    private const ulong Magic = 0x5350_5249_4e47_3031; // SPRING01
    private const int LastSeqAt = 56;
    private const int SlotsAt = 64;
    private const int SlotSize = KeySlot.MaxWrapped + 4;
    private const int UnsentAt = SlotsAt + (KeySlot.Most * SlotSize);
    private const int MacAt = RingGeometry.BlockSize - 36;
    private const int ChecksumAt = RingGeometry.BlockSize - 4;

    /// <summary>Of a ring that is being wiped: its last sequence number, for the report; −1 if it had none.</summary>
    public long LastSeq { get; init; }

    /// <summary>Of a ring that is being wiped: records that it had not delivered, for the report.</summary>
    public long Unsent { get; init; }

    /// <summary>Writes the block.</summary>
    /// <param name="staticKey">That of the ring.</param>
    /// <param name="to">4096 bytes.</param>
    internal void Write(SecretKey staticKey, Span<byte> to)
    {
        to[..RingGeometry.BlockSize].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(to, Magic);
        to[8] = IsWiping ? (byte)1 : (byte)0;
        to[9] = (byte)Slots.Length;
        BinaryPrimitives.WriteInt32BigEndian(to[12..], Geometry.SnapshotBlocks);
        BinaryPrimitives.WriteUInt128BigEndian(to[16..], Buffer);
        BinaryPrimitives.WriteInt64BigEndian(to[32..], Geometry.Blocks);
        BinaryPrimitives.WriteInt64BigEndian(to[40..], Generation);
        BinaryPrimitives.WriteInt64BigEndian(to[48..], CreatedWallMs);
        BinaryPrimitives.WriteInt64BigEndian(to[LastSeqAt..], LastSeq);
        BinaryPrimitives.WriteInt64BigEndian(to[UnsentAt..], Unsent);
        for (int at = 0; at < Slots.Length; at++)
        {
            Span<byte> slot = to.Slice(SlotsAt + (at * SlotSize), SlotSize);
            slot[0] = (byte)Slots[at].Kind;
            BinaryPrimitives.WriteUInt16BigEndian(slot[2..], (ushort)Slots[at].Wrapped.Length);
            Slots[at].Wrapped.CopyTo(slot[4..]);
        }

        HMACSHA256.HashData(staticKey.Bytes, to[..MacAt], to.Slice(MacAt, HMACSHA256.HashSizeInBytes));
        BinaryPrimitives.WriteUInt32BigEndian(to[ChecksumAt..], Checksum(to));
    }

    /// <summary>Reads a block. True proves nothing yet: <see cref="IsAuthentic"/> does, once a slot is unwrapped.</summary>
    /// <param name="from">4096 bytes.</param>
    /// <param name="block">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> from, [NotNullWhen(true)] out StaticBlock? block)
    {
        block = null;
        if (from.Length < RingGeometry.BlockSize
            || BinaryPrimitives.ReadUInt64BigEndian(from) != Magic
            || BinaryPrimitives.ReadUInt32BigEndian(from[ChecksumAt..]) != Checksum(from)
            || from[8] > 1
            || !TryReadSlots(from[SlotsAt..], from[9], out ImmutableArray<KeySlot> slots))
        {
            return false;
        }

        var read = new StaticBlock(
            BinaryPrimitives.ReadUInt128BigEndian(from[16..]),
            new RingGeometry(BinaryPrimitives.ReadInt64BigEndian(from[32..]), BinaryPrimitives.ReadInt32BigEndian(from[12..])),
            BinaryPrimitives.ReadInt64BigEndian(from[40..]),
            BinaryPrimitives.ReadInt64BigEndian(from[48..]),
            from[8] == 1,
            slots)
        {
            LastSeq = BinaryPrimitives.ReadInt64BigEndian(from[LastSeqAt..]),
            Unsent = BinaryPrimitives.ReadInt64BigEndian(from[UnsentAt..]),
        };
        block = read.Geometry.IsSound && read.Generation is >= 0 and < long.MaxValue ? read : null;
        return block is not null;
    }

    /// <summary>Whether the block was written by somebody who has the ring's key.</summary>
    /// <param name="staticKey">That of the ring.</param>
    /// <param name="from">The block as it was read.</param>
    internal static bool IsAuthentic(SecretKey staticKey, ReadOnlySpan<byte> from)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(staticKey.Bytes, from[..MacAt], mac);
        return CryptographicOperations.FixedTimeEquals(mac, from.Slice(MacAt, mac.Length));
    }

    private static bool TryReadSlots(ReadOnlySpan<byte> from, int count, out ImmutableArray<KeySlot> slots)
    {
        slots = [];
        if (count is < 1 or > KeySlot.Most)
        {
            return false;
        }

        ImmutableArray<KeySlot>.Builder read = ImmutableArray.CreateBuilder<KeySlot>(count);
        for (; count > 0; count--, from = from[SlotSize..])
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(from[2..]);
            if (length > KeySlot.MaxWrapped)
            {
                return false;
            }

            read.Add(new KeySlot((KeySlotKind)from[0], [.. from.Slice(4, length)]));
        }

        slots = read.MoveToImmutable();
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> block)
    {
        uint sum = uint.MaxValue;
        for (int at = 0; at < ChecksumAt; at += sizeof(uint))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt32LittleEndian(block[at..]));
        }

        return ~sum;
    }
}
