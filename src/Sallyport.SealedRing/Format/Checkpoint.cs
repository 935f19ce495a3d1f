using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Format;

/// <summary>What a device signs: that a page, and through its seal all pages before it, was there at a time. Who has the root of the chain can forge seals, but no checkpoint.</summary>
/// <param name="Fields">Of the page.</param>
/// <param name="Mac">Its seal; 32 bytes.</param>
/// <param name="SignedWallMs">When it was signed, as the gateway's wall clock said; milliseconds since 1970.</param>
public readonly record struct Checkpoint(BatchFields Fields, ImmutableArray<byte> Mac, long SignedWallMs)
{
    /// <summary>Bytes of a signature: r and s.</summary>
    public const int SignatureSize = 64;

    /// <summary>Bytes that are signed.</summary>
    public const int Size = 119;

    private static ReadOnlySpan<byte> Domain => "sallyport.checkpoint/1\0"u8;

    /// <summary>SHA-256 of what is signed.</summary>
    public byte[] Digest()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return SHA256.HashData(bytes);
    }

    /// <summary>Whether a signature is that of a device.</summary>
    /// <param name="device">The public half of its key; P-256.</param>
    /// <param name="signature">64 bytes.</param>
    public bool IsSignedBy(ECDsa device, ReadOnlySpan<byte> signature) => device.VerifyHash(Digest(), signature);

    /// <summary>The bytes that are signed.</summary>
    internal void Write(Span<byte> to)
    {
        int at = Domain.Length;
        Domain.CopyTo(to);
        BinaryPrimitives.WriteUInt128BigEndian(to[at..], Fields.Buffer);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 16)..], Fields.Epoch.Number);
        BinaryPrimitives.WriteUInt128BigEndian(to[(at += 8)..], Fields.Epoch.Id);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 16)..], Fields.Page);
        Mac.CopyTo(to[(at += 8)..]);
        BinaryPrimitives.WriteInt64BigEndian(to[(at += 32)..], Fields.FirstSeq + Fields.Count - 1);
        BinaryPrimitives.WriteInt64BigEndian(to[(at + 8)..], SignedWallMs);
    }
}
