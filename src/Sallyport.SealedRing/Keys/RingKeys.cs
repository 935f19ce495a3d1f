using System.Buffers.Binary;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Keys;

/// <summary>All keys of a ring come from its storage root key, which is on the device only wrapped. HKDF-SHA256 (RFC 5869) with a tag for each purpose.</summary>
internal sealed class RingKeys(SecretKey root, UInt128 buffer, RingDesign design) : IDisposable
{
    private const int LongestInfo = 64;

    private static ReadOnlySpan<byte> StaticTag => "sallyport/ring/1/static"u8;

    private static ReadOnlySpan<byte> PageTag => "sallyport/ring/1/page"u8;

    private static ReadOnlySpan<byte> MacTag => "sallyport/ring/1/mac"u8;

    private static ReadOnlySpan<byte> NextEpochTag => "sallyport/ring/1/next-epoch"u8;

    private static ReadOnlySpan<byte> KeyIdTag => "sallyport/ring/1/kid"u8;

    public UInt128 Buffer => buffer;

    public RingDesign Design => design;

    /// <summary>Authenticates the static block.</summary>
    public static SecretKey StaticOf(SecretKey root, UInt128 buffer) =>
        SecretKey.Create(key => Derive(root.Bytes, [], StaticTag, buffer, 0, key));

    /// <summary>Encrypts the pages of one epoch.</summary>
    public PageCipher Pages(long epochNumber, UInt128 epochId)
    {
        using SecretKey key = SecretKey.Create(bytes => Derive(root.Bytes, SaltOf(design.SaltOf(epochId)), PageTag, buffer, epochNumber, bytes));
        return new PageCipher(new AesGcm(key.Bytes, PageCipher.TagSize), design);
    }

    /// <summary>The first key of an epoch's chain of seals.</summary>
    /// <param name="chainRoot">That of the epoch.</param>
    /// <param name="ring">Which ring.</param>
    /// <param name="epochNumber">Of the epoch.</param>
    /// <param name="epochId">Of the epoch.</param>
    public static SecretKey FirstOfChain(SecretKey chainRoot, UInt128 ring, long epochNumber, UInt128 epochId) =>
        SecretKey.Create(key => Derive(chainRoot.Bytes, SaltOf(epochId), MacTag, ring, epochNumber, key));

    /// <summary>The root of the next epoch's chain; the way back does not exist.</summary>
    public static SecretKey NextChainRoot(SecretKey chainRoot) => SecretKey.Create(key => HMACSHA256.HashData(chainRoot.Bytes, NextEpochTag, key));

    /// <summary>The public name of the chains that come from a root: says nothing about it.</summary>
    public static UInt128 KeyIdOf(SecretKey firstChainRoot)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(firstChainRoot.Bytes, KeyIdTag, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public void Dispose() => root.Dispose();

    private static byte[] SaltOf(UInt128 epochId)
    {
        byte[] salt = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(salt, epochId);
        return salt;
    }

    private static void Derive(ReadOnlySpan<byte> from, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> tag, UInt128 ring, long epochNumber, Span<byte> key)
    {
        Span<byte> info = stackalloc byte[LongestInfo];
        tag.CopyTo(info);
        BinaryPrimitives.WriteUInt128BigEndian(info[tag.Length..], ring);
        BinaryPrimitives.WriteInt64BigEndian(info[(tag.Length + 16)..], epochNumber);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, from, key, salt, info[..(tag.Length + 24)]);
    }
}
