using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Keys;

/// <summary>A private key on P-256 that can be used and not read. One of each slot is open in a process; it belongs to its provider. Safe for use from several threads.</summary>
/// <remarks>A TPM that was reset leaves every open key dead. Each call here opens the key again, once, and goes on. What TLS was given does not come back to life: bind
/// the certificate anew for each connection.</remarks>
public interface IDeviceKey
{
    /// <summary>Name of its provider: <c>tpm</c>, <c>pkcs11</c> or <c>file</c>.</summary>
    string Provider { get; }

    /// <summary>What keeps it from whoever takes the disk away.</summary>
    KeyProtection Protection { get; }

    /// <summary>Which of the gateway's keys it is.</summary>
    DeviceKeySlot Slot { get; }

    /// <summary>The public half: SubjectPublicKeyInfo, DER.</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Signs a digest.</summary>
    /// <param name="digest">SHA-256, 32 bytes: TPM keys take no other.</param>
    /// <returns>r and s, 64 bytes.</returns>
    KeyUse<byte[]> Sign(ReadOnlyMemory<byte> digest);

    /// <summary>Lends the key to something that signs with SHA-256, such as a certificate signing request.</summary>
    /// <param name="use">Runs once, or twice if the key had to be opened again. It must not keep the key, nor call this key.</param>
    KeyUse<T> UseSigner<T>(Func<ECDsa, T> use);

    /// <summary>Agrees on a secret with whoever has the private half of another key.</summary>
    /// <param name="peer">On P-256.</param>
    /// <returns>The x coordinate, 32 bytes; who has it derives a key from it and zeroes it.</returns>
    KeyUse<byte[]> DeriveRawSecret(ECDiffieHellmanPublicKey peer);

    /// <summary>Joins a certificate and the key for TLS, after a signature showed that the key answers.</summary>
    /// <param name="certificate">For this very key; any other is refused.</param>
    /// <returns>Owned by the caller.</returns>
    KeyUse<X509Certificate2> Bind(X509Certificate2 certificate);

    /// <summary>Waits until nobody else uses the provider's keys. Hold it during a TLS handshake with a bound certificate, and call no key of the provider meanwhile: the
    /// OpenSSL provider for TPMs before 1.3.0 breaks when two threads use it.</summary>
    /// <returns>Dispose it when the handshake is over.</returns>
    Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken);
}
