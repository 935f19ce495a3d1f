namespace Sallyport.SealedRing.Keys;

/// <summary>The private half of a device's key for key agreement (ECDH on P-256): in a file, a TPM or a PKCS#11 token. It never comes out.</summary>
public interface IKeyAgreement
{
    /// <summary>The public half: SubjectPublicKeyInfo, DER.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Agrees on a secret with whoever has the private half of another key.</summary>
    /// <param name="peer">The other public key: SubjectPublicKeyInfo, DER.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<KeyAgreeing> AgreeAsync(ReadOnlyMemory<byte> peer, CancellationToken cancellationToken);
}
