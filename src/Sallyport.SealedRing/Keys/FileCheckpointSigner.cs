using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sallyport.SealedRing.Keys;

/// <summary>A signing key in a file (PKCS#8, PEM): development only, because who steals the disk has it.</summary>
public sealed class FileCheckpointSigner : ICheckpointSigner, IDisposable
{
    private readonly ECDsa _key;

    private FileCheckpointSigner(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public string Home => "file";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Reads the key, or makes one where there is no file yet.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="signer">If the key may be used; owned by the caller.</param>
    /// <param name="reason">For people: what to do.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out FileCheckpointSigner? signer, [NotNullWhen(false)] out string? reason)
    {
        signer = PrivateKeyFile.TryOpen(path, ECDsa.Create, out ECDsa? key, out reason) ? new FileCheckpointSigner(key) : null;
        return signer is not null;
    }

    /// <inheritdoc/>
    public Task<CheckpointSigning> SignAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
        Task.FromResult<CheckpointSigning>(new CheckpointSigning.Signed([.. _key.SignHash(digest.Span)]));

    /// <summary>Forgets the key; the file stays.</summary>
    public void Dispose() => _key.Dispose();
}
