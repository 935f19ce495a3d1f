using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Keys;

/// <summary>
/// Wraps with the device's key: ECDH-ES on P-256, HKDF-SHA256, AES-256-GCM. Wrapping takes the public half only; unwrapping is one operation of whatever holds the
/// private half. docs/formats/sealed-ring.md gives the bytes.
/// </summary>
/// <param name="device">The key; owned by the caller.</param>
public sealed class DeviceKeyWrapper(IKeyAgreement device) : IKeyWrapper
{
    private const byte Version = 1;
    private const int NameSize = 8;
    private const int PointSize = 65;
    private const int PointAt = 1 + NameSize;
    private const int KeyAt = PointAt + PointSize;
    private const int TagSize = 16;
    private const int Size = KeyAt + SecretKey.Size + TagSize;

    private static ReadOnlySpan<byte> Tag => "sallyport/ring/1/device-key"u8;

    /// <inheritdoc/>
    public KeySlotKind Kind => KeySlotKind.DeviceKey;

    /// <inheritdoc/>
    public bool Holds(KeySlot slot) =>
        slot.Kind == Kind && slot.Wrapped.Length == Size && slot.Wrapped[0] == Version && slot.Wrapped.AsSpan(1, NameSize).SequenceEqual(Name());

    /// <inheritdoc/>
    public Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
    {
        byte[] wrapped = new byte[Size];
        wrapped[0] = Version;
        Name().CopyTo(wrapped, 1);

        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var known = ECDiffieHellman.Create();
        known.ImportSubjectPublicKeyInfo(device.PublicKey.Span, out _);
        using ECDiffieHellmanPublicKey point = known.PublicKey;
        Point(ephemeral).CopyTo(wrapped, PointAt);
        byte[] agreed = ephemeral.DeriveRawSecretAgreement(point);
        using var secret = SecretKey.Copy(agreed);
        CryptographicOperations.ZeroMemory(agreed);

        using SecretKey wrapping = WrappingKey(secret, buffer, wrapped.AsSpan(PointAt, PointSize), Point(known));
        using var cipher = new AesGcm(wrapping.Bytes, TagSize);
        cipher.Encrypt(Nonce, key.Bytes, wrapped.AsSpan(KeyAt, SecretKey.Size), wrapped.AsSpan(KeyAt + SecretKey.Size), IdOf(buffer));
        return Task.FromResult<KeyWrapping>(new KeyWrapping.Wrapped(new KeySlot(Kind, [.. wrapped])));
    }

    /// <inheritdoc/>
    public async Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken)
    {
        if (!Holds(slot))
        {
            return new KeyUnwrapping.Refused("the slot was wrapped for another device key");
        }

        if (!TryImport(slot.Wrapped.AsSpan(PointAt, PointSize), out byte[] ephemeral))
        {
            return new KeyUnwrapping.Refused("the slot's key is no point of P-256");
        }

        switch (await device.AgreeAsync(ephemeral, cancellationToken))
        {
            case KeyAgreeing.Agreed { Secret: var secret }:
                using (secret)
                {
                    return Unwrap(slot, buffer, secret);
                }

            case KeyAgreeing.Unavailable unavailable:
                return new KeyUnwrapping.Unavailable(unavailable.Reason);
            case KeyAgreeing.Refused refused:
                return new KeyUnwrapping.Refused(refused.Reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private KeyUnwrapping Unwrap(KeySlot slot, UInt128 buffer, SecretKey secret)
    {
        using var known = ECDiffieHellman.Create();
        known.ImportSubjectPublicKeyInfo(device.PublicKey.Span, out _);
        ReadOnlySpan<byte> wrapped = slot.Wrapped.AsSpan();
        using SecretKey wrapping = WrappingKey(secret, buffer, wrapped.Slice(PointAt, PointSize), Point(known));
        using var cipher = new AesGcm(wrapping.Bytes, TagSize);
        var key = SecretKey.Create(bytes => bytes.Clear());
        try
        {
            cipher.Decrypt(Nonce, wrapped.Slice(KeyAt, SecretKey.Size), wrapped[(KeyAt + SecretKey.Size)..], key.Bytes, IdOf(buffer));
            return new KeyUnwrapping.Unwrapped(key);
        }
        catch (AuthenticationTagMismatchException)
        {
            key.Dispose();
            return new KeyUnwrapping.Refused("the slot was changed, or was wrapped for another ring");
        }
    }

    // The key that wraps is used once, so its nonce may be zeros.
    private static ReadOnlySpan<byte> Nonce => new byte[12];

    private static SecretKey WrappingKey(SecretKey secret, UInt128 buffer, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> known)
    {
        byte[] info = new byte[Tag.Length + 16 + PointSize + PointSize];
        Tag.CopyTo(info);
        BinaryPrimitives.WriteUInt128BigEndian(info.AsSpan(Tag.Length), buffer);
        ephemeral.CopyTo(info.AsSpan(Tag.Length + 16));
        known.CopyTo(info.AsSpan(Tag.Length + 16 + PointSize));
        return SecretKey.Create(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes, key, [], info));
    }

    private byte[] Name() => SHA256.HashData(device.PublicKey.Span)[..NameSize];

    private static bool TryImport(ReadOnlySpan<byte> point, out byte[] publicKey)
    {
        publicKey = [];
        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
            });
            publicKey = key.ExportSubjectPublicKeyInfo();
            return point[0] == UncompressedPoint;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private const byte UncompressedPoint = 4;

    private static byte[] Point(ECDiffieHellman key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return [UncompressedPoint, .. point.X!, .. point.Y!];
    }

    private static byte[] IdOf(UInt128 buffer)
    {
        byte[] id = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, buffer);
        return id;
    }
}
