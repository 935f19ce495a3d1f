using System.Security.Cryptography;
using System.Text;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Workload;

/// <summary>What the Edge daemon does with keys for one module.</summary>
/// <param name="module">The module, whose own key signs.</param>
/// <param name="masterKey">The daemon's key for encryption, one for all modules.</param>
/// <param name="onEncrypted">Gets each plaintext; null for nobody.</param>
internal sealed class ModuleVault(RegisteredIdentity module, ReadOnlyMemory<byte> masterKey, Action<ReadOnlyMemory<byte>>? onEncrypted = null)
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // The daemon binds a ciphertext to module and generation in this way.
    private readonly byte[] _associatedData = Encoding.UTF8.GetBytes(module.Identity.ModuleId + module.GenerationId);

    public byte[] Sign(ReadOnlySpan<byte> data) => HMACSHA256.HashData(module.PrimaryKey.Span, data);

    /// <returns>Ciphertext, then tag.</returns>
    public byte[] Encrypt(byte[] initializationVector, ReadOnlySpan<byte> plaintext)
    {
        onEncrypted?.Invoke(plaintext.ToArray());
        using AesGcm cipher = Cipher(initializationVector, out byte[] nonce);
        byte[] result = new byte[plaintext.Length + TagLength];
        cipher.Encrypt(nonce, plaintext, result.AsSpan(0, plaintext.Length), result.AsSpan(plaintext.Length), _associatedData);
        return result;
    }

    /// <exception cref="CryptographicException">It was not encrypted with this vector for this module and generation.</exception>
    public byte[] Decrypt(byte[] initializationVector, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < TagLength)
        {
            throw new CryptographicException("The ciphertext is shorter than its tag.");
        }

        using AesGcm cipher = Cipher(initializationVector, out byte[] nonce);
        byte[] plaintext = new byte[ciphertext.Length - TagLength];
        cipher.Decrypt(nonce, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], plaintext, _associatedData);
        return plaintext;
    }

    // The API takes vectors of any length, the cipher does not: key and nonce are derived from the vector.
    private AesGcm Cipher(byte[] initializationVector, out byte[] nonce)
    {
        byte[] material = new byte[KeyLength + NonceLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey.Span, material, salt: initializationVector, info: "workload"u8);
        nonce = material[KeyLength..];
        return new AesGcm(material.AsSpan(0, KeyLength), TagLength);
    }
}
