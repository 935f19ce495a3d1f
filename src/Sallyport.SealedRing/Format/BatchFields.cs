using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Format;

/// <summary>What the seal of a batch speaks for, besides its body; docs/formats/batch.md gives the bytes.</summary>
/// <param name="KeyId">Which chain of keys: <c>sp-kid</c>.</param>
/// <param name="Buffer">Which ring: <c>sp-buffer</c>.</param>
/// <param name="Epoch">Which opening of it: <c>sp-epoch</c>.</param>
/// <param name="Page">Number of the page: <c>sp-page</c>.</param>
/// <param name="FirstSeq">Number of the first record: <c>sp-seq</c>.</param>
/// <param name="Count">How many records: <c>sp-count</c>.</param>
/// <param name="Lost">Records lost, as far as gap records up to and including this page say: <c>sp-lost</c>.</param>
/// <param name="Content">What the records are: the number of <c>msgType</c>.</param>
/// <param name="Mark">The highest mark of the records: the number of <c>quality</c>.</param>
/// <param name="Flags">Gap or recovered; never compressed, because the seal is over the body as it is sent.</param>
public readonly record struct BatchFields(
    UInt128 KeyId,
    UInt128 Buffer,
    Epoch Epoch,
    long Page,
    long FirstSeq,
    int Count,
    long Lost,
    byte Content,
    byte Mark,
    PageTraits Flags)
{
    /// <summary>Bytes of a seal.</summary>
    public const int MacSize = 32;

    private const int Size = 192;

    private static ReadOnlySpan<byte> Domain => "sallyport.batch/1\0"u8;

    /// <summary>Computes the seal: HMAC-SHA256 over these fields, the seal before, and SHA-256 of the body.</summary>
    /// <param name="key">Of this step of the chain; 32 bytes.</param>
    /// <param name="previous">The seal of the page before; 32 bytes, zeros for the very first.</param>
    /// <param name="body">As it is sent.</param>
    /// <param name="mac">32 bytes.</param>
    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> sealedBytes = stackalloc byte[Size];
        HMACSHA256.HashData(key, sealedBytes[..Write(previous, body, sealedBytes)], mac);
    }

    /// <summary>The bytes that go into the HMAC.</summary>
    internal int Write(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, Span<byte> to)
    {
        int at = Domain.Length;
        Domain.CopyTo(to);
        BinaryPrimitives.WriteUInt128BigEndian(to[at..], KeyId);
        BinaryPrimitives.WriteUInt128BigEndian(to[(at += 16)..], Buffer);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 16)..], Epoch.Number);
        BinaryPrimitives.WriteUInt128BigEndian(to[(at += 8)..], Epoch.Id);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 16)..], Epoch.FirstPage);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 8)..], Page);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 8)..], FirstSeq);
        BinaryPrimitives.WriteInt32BigEndian(to[(at += 8)..], Count);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 4)..], Lost);
        at += 8;
        to[at++] = Content;
        to[at++] = Mark;
        to[at++] = (byte)(Flags & ~PageTraits.Compressed);
        previous.CopyTo(to[at..]);
        SHA256.HashData(body, to[(at += MacSize)..]);
        return at + SHA256.HashSizeInBytes;
    }
}
