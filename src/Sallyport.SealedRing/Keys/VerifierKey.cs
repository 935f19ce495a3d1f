using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.SealedRing.Keys;

/// <summary>The public key of whoever checks the seals in the cloud.</summary>
public sealed class VerifierKey
{
    private readonly byte[] _publicKey;

    private VerifierKey(ImmutableArray<byte> thumbprint, byte[] publicKey) => (Thumbprint, _publicKey) = (thumbprint, publicKey);

    /// <summary>SHA-256 of the certificate.</summary>
    public ImmutableArray<byte> Thumbprint { get; }

    /// <summary>Takes the key from a certificate. Whether it may be trusted the configuration decided.</summary>
    /// <param name="certificate">Not kept.</param>
    /// <param name="verifier">If the key will do.</param>
    /// <param name="reason">For people: why not.</param>
    public static bool TryCreate(X509Certificate2 certificate, [NotNullWhen(true)] out VerifierKey? verifier, [NotNullWhen(false)] out string? reason)
    {
        verifier = null;
        if (!RecipientKey.TryFind(certificate, out RSA? key, out reason))
        {
            return false;
        }

        using (key)
        {
            verifier = new VerifierKey([.. certificate.GetCertHash(HashAlgorithmName.SHA256)], key.ExportSubjectPublicKeyInfo());
            return true;
        }
    }

    /// <summary>Whether an announcement is for this verifier.</summary>
    internal bool IsToldBy(Announcement? announcement) => announcement is not null && announcement.Thumbprint.AsSpan().SequenceEqual(Thumbprint.AsSpan());

    /// <summary>Wraps the first root of a key period.</summary>
    internal Announcement Announce(SecretKey root, UInt128 buffer, long firstEpoch, DateTimeOffset now)
    {
        using var verifier = RSA.Create();
        verifier.ImportSubjectPublicKeyInfo(_publicKey, out _);
        byte[] content = new byte[Announcement.ContentSize];
        root.CopyTo(content);
        BinaryPrimitives.WriteUInt128BigEndian(content.AsSpan(SecretKey.Size), buffer);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(SecretKey.Size + 16), firstEpoch);
        byte[] wrapped = verifier.Encrypt(content, RSAEncryptionPadding.OaepSHA256);
        CryptographicOperations.ZeroMemory(content);
        return new Announcement(MacChain.KeyIdOf(root), firstEpoch, now.ToUnixTimeMilliseconds(), Thumbprint, [.. wrapped]);
    }
}
