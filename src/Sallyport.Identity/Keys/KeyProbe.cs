using System.Security.Authentication;
using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>Tries whether a key does what it is for, before anything depends on it. TLS is tried with the very key over a connection in memory, because there are providers
/// that sign and cannot do TLS: tpm2-openssl before 1.2.0.</summary>
/// <param name="time">Dates and limits.</param>
public sealed class KeyProbe(TimeProvider time)
{
    /// <summary>Tries the key.</summary>
    public async Task<KeyProbing> RunAsync(IDeviceKey key, CancellationToken cancellationToken)
    {
        if (DeviceKeySlots.Agrees(key.Slot))
        {
            return Agree(key);
        }

        KeyProbing signing = Sign(key);
        return signing is KeyProbing.Works && DeviceKeySlots.IsIdentity(key.Slot) ? await HandshakeAsync(key, cancellationToken) : signing;
    }

    private static KeyProbing Sign(IDeviceKey key)
    {
        byte[] digest = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        return key.Sign(digest) switch
        {
            KeyUse<byte[]>.Done { Result: var signature } when verifier.VerifyHash(digest, signature) => KeyProbing.Works.Instance,
            KeyUse<byte[]>.Done => new KeyProbing.Fails(KeyProbeStep.Sign, "the signature is not the key's"),
            var failed => new KeyProbing.Fails(KeyProbeStep.Sign, ReasonOf(failed)),
        };
    }

    private static KeyProbing Agree(IDeviceKey key)
    {
        using var peer = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using ECDiffieHellmanPublicKey point = peer.PublicKey;
        KeyUse<byte[]> agreeing = key.DeriveRawSecret(point);
        if (agreeing is not KeyUse<byte[]>.Done { Result: var secret })
        {
            return new KeyProbing.Fails(KeyProbeStep.Agree, ReasonOf(agreeing));
        }

        using var own = ECDiffieHellman.Create();
        own.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        using ECDiffieHellmanPublicKey ownPoint = own.PublicKey;
        byte[] expected = peer.DeriveRawSecretAgreement(ownPoint);
        bool isSame = CryptographicOperations.FixedTimeEquals(expected, secret);
        CryptographicOperations.ZeroMemory(expected);
        CryptographicOperations.ZeroMemory(secret);
        return isSame ? KeyProbing.Works.Instance : new KeyProbing.Fails(KeyProbeStep.Agree, "both sides have another secret");
    }

    private async Task<KeyProbing> HandshakeAsync(IDeviceKey key, CancellationToken cancellationToken)
    {
        using var handshake = new ProbeHandshake(time);

#pragma warning disable CA5398 // Each version is tried by itself: a provider may do one and not the other.
        string? reason = await handshake.TryAsync(key, SslProtocols.Tls12, cancellationToken);
        if (reason is not null)
        {
            return new KeyProbing.Fails(KeyProbeStep.Tls12, reason);
        }

        reason = await handshake.TryAsync(key, SslProtocols.Tls13, cancellationToken);
        return reason is null ? KeyProbing.Works.Instance : new KeyProbing.Fails(KeyProbeStep.Tls13, reason);
#pragma warning restore CA5398
    }

    internal static string ReasonOf<T>(KeyUse<T> use) => use switch
    {
        KeyUse<T>.Unavailable unavailable => unavailable.Reason,
        KeyUse<T>.Refused refused => refused.Reason,
        _ => "it did something else",
    };
}
