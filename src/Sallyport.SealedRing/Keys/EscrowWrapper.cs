using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.SealedRing.Keys;

/// <summary>Wraps to the owner's key (RSA-OAEP-256), which is not on the gateway: the owner opens a ring whose gateway is broken, the gateway cannot.</summary>
public sealed class EscrowWrapper : IKeyWrapper
{
    /// <summary>Bytes of the certificate's SHA-256 thumbprint in front of the wrapped key.</summary>
    public const int ThumbprintSize = SHA256.HashSizeInBytes;

    private const int RingIdSize = 16;

    private readonly byte[] _thumbprint;
    private readonly byte[] _publicKey;

    private EscrowWrapper(byte[] thumbprint, byte[] publicKey) => (_thumbprint, _publicKey) = (thumbprint, publicKey);

    /// <inheritdoc/>
    public KeySlotKind Kind => KeySlotKind.Escrow;

    /// <summary>Takes the key from the owner's certificate. Whether the certificate may be trusted the configuration decided; a certificate that has expired still wraps.</summary>
    /// <param name="certificate">Not kept.</param>
    /// <param name="wrapper">If the key will do.</param>
    /// <param name="reason">For people: why not.</param>
    public static bool TryCreate(X509Certificate2 certificate, [NotNullWhen(true)] out EscrowWrapper? wrapper, [NotNullWhen(false)] out string? reason)
    {
        wrapper = null;
        if (!RecipientKey.TryFind(certificate, out RSA? key, out reason))
        {
            return false;
        }

        using (key)
        {
            wrapper = new EscrowWrapper(certificate.GetCertHash(HashAlgorithmName.SHA256), key.ExportSubjectPublicKeyInfo());
            return true;
        }
    }

    /// <inheritdoc/>
    public bool Holds(KeySlot slot) => slot.Kind == Kind && slot.Wrapped.AsSpan().StartsWith(_thumbprint);

    /// <inheritdoc/>
    public Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
    {
        using var owner = RSA.Create();
        owner.ImportSubjectPublicKeyInfo(_publicKey, out _);
        byte[] content = new byte[SecretKey.Size + RingIdSize];
        key.CopyTo(content);
        BinaryPrimitives.WriteUInt128BigEndian(content.AsSpan(SecretKey.Size), buffer);
        byte[] wrapped = owner.Encrypt(content, RSAEncryptionPadding.OaepSHA256);
        CryptographicOperations.ZeroMemory(content);
        return Task.FromResult<KeyWrapping>(new KeyWrapping.Wrapped(new KeySlot(Kind, [.. _thumbprint, .. wrapped])));
    }

    /// <inheritdoc/>
    public Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken) =>
        Task.FromResult<KeyUnwrapping>(new KeyUnwrapping.Refused("the owner's slot opens with the owner's key only, and that is not on the gateway"));
}
