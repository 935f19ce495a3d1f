using System.Security.Cryptography;
using Sallyport.Identity.Keys;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>The gateway's key for the ring's data keys, wherever it is.</summary>
internal sealed class DeviceKeyAgreement(PinnedKey pinned) : IKeyAgreement
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey => pinned.Pin?.SubjectPublicKeyInfo ?? throw new InvalidOperationException("The key is opened before the rings are.");

    /// <inheritdoc/>
    public async Task<KeyAgreeing> AgreeAsync(ReadOnlyMemory<byte> peer, CancellationToken cancellationToken)
    {
        using var other = ECDiffieHellman.Create();
        try
        {
            other.ImportSubjectPublicKeyInfo(peer.Span, out _);
        }
        catch (CryptographicException)
        {
            return new KeyAgreeing.Refused("the other key is no point of P-256");
        }

        using ECDiffieHellmanPublicKey point = other.PublicKey;
        KeyAgreeing agreeing = await pinned.KeyAsync(cancellationToken) switch
        {
            KeyOpening.Opened { Key: var key } => Agree(key, point),
            KeyOpening.Unavailable unavailable => new KeyAgreeing.Unavailable(unavailable.Reason),
            KeyOpening.Refused refused => new KeyAgreeing.Unavailable(refused.Reason),
            _ => new KeyAgreeing.Unavailable("there is no key"),
        };
        if (agreeing is KeyAgreeing.Unavailable)
        {
            pinned.CountFailure();
        }

        return agreeing;
    }

    private static KeyAgreeing Agree(IDeviceKey key, ECDiffieHellmanPublicKey point)
    {
        switch (key.DeriveRawSecret(point))
        {
            case KeyUse<byte[]>.Done { Result: var secret }:
                var agreed = SecretKey.Copy(secret);
                CryptographicOperations.ZeroMemory(secret);
                return new KeyAgreeing.Agreed(agreed);
            case KeyUse<byte[]>.Unavailable unavailable:
                return new KeyAgreeing.Unavailable(unavailable.Reason);
            case KeyUse<byte[]>.Refused refused:
                return new KeyAgreeing.Refused(refused.Reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
