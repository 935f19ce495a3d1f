namespace Sallyport.SealedRing.Keys;

/// <summary>The private half of a device's key for signatures (ECDSA on P-256): in a file, a TPM or a PKCS#11 token. It never comes out.</summary>
public interface ICheckpointSigner
{
    /// <summary>Where the key lives, as announcements say it: <c>file</c>, <c>tpm</c> or <c>pkcs11</c>.</summary>
    string Home { get; }

    /// <summary>The public half: SubjectPublicKeyInfo, DER.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs a digest.</summary>
    /// <param name="digest">SHA-256; 32 bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<CheckpointSigning> SignAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);
}
