using System.Security.Cryptography;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A device key that signs, or does not.</summary>
internal sealed class TestSigner : ICheckpointSigner, IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public bool IsAway { get; set; }

    public string Home => "file";

    public ReadOnlyMemory<byte> PublicKey => Key.ExportSubjectPublicKeyInfo();

    public Task<CheckpointSigning> SignAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) => Task.FromResult<CheckpointSigning>(
        IsAway ? new CheckpointSigning.Unavailable("the TPM is busy") : new CheckpointSigning.Signed([.. Key.SignHash(digest.Span)]));

    public void Dispose() => Key.Dispose();
}
