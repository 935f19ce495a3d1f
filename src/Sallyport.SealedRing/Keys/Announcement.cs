using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Keys;

/// <summary>Hands the first root of a key period's chain of seals to the verifier. It may be sent again and again: only the verifier can open it.</summary>
/// <param name="KeyId">The public name of the chain: what the batches say in <c>sp-kid</c>.</param>
/// <param name="FirstEpoch">The epoch whose root it is; those of later epochs come from it.</param>
/// <param name="CreatedWallMs">When the key period began; milliseconds since 1970.</param>
/// <param name="Thumbprint">SHA-256 of the verifier's certificate; 32 bytes.</param>
/// <param name="WrappedRoot">Root, ring id and first epoch, wrapped with RSA-OAEP-256.</param>
public sealed record Announcement(
    UInt128 KeyId, long FirstEpoch, long CreatedWallMs, ImmutableArray<byte> Thumbprint, ImmutableArray<byte> WrappedRoot)
{
    /// <summary>Bytes of what is wrapped: root 32, ring id 16, first epoch 8.</summary>
    public const int ContentSize = SecretKey.Size + 16 + 8;

    private const byte Version = 1;
    private const int KeyIdAt = 4;
    private const int EpochAt = 20;
    private const int CreatedAt = 28;
    private const int ThumbprintAt = 36;
    private const int RootAt = ThumbprintAt + SHA256.HashSizeInBytes;

    /// <summary>As it lies in a state slot.</summary>
    internal ImmutableArray<byte> ToBytes()
    {
        byte[] bytes = new byte[RootAt + WrappedRoot.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)WrappedRoot.Length);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(KeyIdAt), KeyId);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(EpochAt), FirstEpoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(CreatedAt), CreatedWallMs);
        Thumbprint.CopyTo(bytes, ThumbprintAt);
        WrappedRoot.CopyTo(bytes, RootAt);
        return [.. bytes];
    }

    /// <summary>False for anything that <see cref="ToBytes"/> did not write, nothing included.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> from, [NotNullWhen(true)] out Announcement? announcement)
    {
        announcement = null;
        if (from.Length < RootAt || from[0] != Version || from[1] != 0 || from.Length != RootAt + BinaryPrimitives.ReadUInt16BigEndian(from[2..]))
        {
            return false;
        }

        announcement = new Announcement(
            BinaryPrimitives.ReadUInt128BigEndian(from[KeyIdAt..]),
            BinaryPrimitives.ReadInt64BigEndian(from[EpochAt..]),
            BinaryPrimitives.ReadInt64BigEndian(from[CreatedAt..]),
            [.. from.Slice(ThumbprintAt, SHA256.HashSizeInBytes)],
            [.. from[RootAt..]]);
        return true;
    }

    /// <summary>Opens it: what the verifier does.</summary>
    /// <param name="verifier">The verifier's key.</param>
    /// <param name="buffer">The ring that the announcement is said to be of.</param>
    /// <param name="root">The root of the first epoch; owned by the caller.</param>
    /// <returns>False if it was wrapped for another key, another ring or another epoch, or is of another chain.</returns>
    public bool TryOpen(RSA verifier, UInt128 buffer, [NotNullWhen(true)] out SecretKey? root)
    {
        root = null;
        byte[] content = [];
        try
        {
            content = verifier.Decrypt(WrappedRoot.AsSpan(), RSAEncryptionPadding.OaepSHA256);
            if (content.Length != ContentSize
                || BinaryPrimitives.ReadUInt128BigEndian(content.AsSpan(SecretKey.Size)) != buffer
                || BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(SecretKey.Size + 16)) != FirstEpoch)
            {
                return false;
            }

            var opened = SecretKey.Copy(content.AsSpan(0, SecretKey.Size));
            root = MacChain.KeyIdOf(opened) == KeyId ? opened : null;
            if (root is null)
            {
                opened.Dispose();
            }

            return root is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
