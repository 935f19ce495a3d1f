using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Keys;

/// <summary>Wraps with a key that lies in a file beside the ring (AES-256-GCM, the ring's id authenticated): development only, because who steals the disk has both.</summary>
/// <param name="fileKey">The key; owned by the caller.</param>
/// <param name="fillRandom">For nonces.</param>
public sealed class FileKeyWrapper(SecretKey fileKey, Action<Span<byte>> fillRandom) : IKeyWrapper
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <inheritdoc/>
    public KeySlotKind Kind => KeySlotKind.File;

    /// <inheritdoc/>
    public bool Holds(KeySlot slot) => slot.Kind == Kind;

    /// <inheritdoc/>
    public Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
    {
        byte[] wrapped = new byte[NonceSize + SecretKey.Size + TagSize];
        fillRandom(wrapped.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(fileKey.Bytes, TagSize);
        cipher.Encrypt(
            wrapped.AsSpan(0, NonceSize), key.Bytes, wrapped.AsSpan(NonceSize, SecretKey.Size), wrapped.AsSpan(NonceSize + SecretKey.Size), IdOf(buffer));
        return Task.FromResult<KeyWrapping>(new KeyWrapping.Wrapped(new KeySlot(Kind, [.. wrapped])));
    }

    /// <inheritdoc/>
    public Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken) => Task.FromResult(Unwrap(slot, buffer));

    private KeyUnwrapping Unwrap(KeySlot slot, UInt128 buffer)
    {
        ReadOnlySpan<byte> wrapped = slot.Wrapped.AsSpan();
        if (wrapped.Length != NonceSize + SecretKey.Size + TagSize)
        {
            return new KeyUnwrapping.Refused("the slot has not the length that a file key wraps to");
        }

        using var cipher = new AesGcm(fileKey.Bytes, TagSize);
        Span<byte> key = stackalloc byte[SecretKey.Size];
        try
        {
            cipher.Decrypt(
                wrapped[..NonceSize], wrapped.Slice(NonceSize, SecretKey.Size), wrapped[(NonceSize + SecretKey.Size)..], key, IdOf(buffer));
            return new KeyUnwrapping.Unwrapped(SecretKey.Copy(key));
        }
        catch (AuthenticationTagMismatchException)
        {
            return new KeyUnwrapping.Refused("the slot was wrapped with another key file, or for another ring");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] IdOf(UInt128 buffer)
    {
        byte[] id = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, buffer);
        return id;
    }
}
