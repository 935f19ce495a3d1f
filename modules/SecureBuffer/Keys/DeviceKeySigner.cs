using Sallyport.Identity.Keys;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>The gateway's key for checkpoints, wherever it is.</summary>
internal sealed class DeviceKeySigner(PinnedKey pinned) : ICheckpointSigner
{
    /// <inheritdoc/>
    public string Home => Pin.Provider;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey => Pin.SubjectPublicKeyInfo;

    private KeyPin Pin => pinned.Pin ?? throw new InvalidOperationException("The key is opened before the rings are.");

    /// <inheritdoc/>
    public async Task<CheckpointSigning> SignAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        CheckpointSigning signing = await pinned.KeyAsync(cancellationToken) switch
        {
            KeyOpening.Opened { Key: var key } => key.Sign(digest) switch
            {
                KeyUse<byte[]>.Done { Result: var signature } => new CheckpointSigning.Signed([.. signature]),
                KeyUse<byte[]>.Unavailable unavailable => new CheckpointSigning.Unavailable(unavailable.Reason),
                KeyUse<byte[]>.Refused refused => new CheckpointSigning.Unavailable(refused.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            KeyOpening.Unavailable unavailable => new CheckpointSigning.Unavailable(unavailable.Reason),
            KeyOpening.Refused refused => new CheckpointSigning.Unavailable(refused.Reason),
            _ => new CheckpointSigning.Unavailable("there is no key"),
        };
        if (signing is CheckpointSigning.Unavailable)
        {
            pinned.CountFailure();
        }

        return signing;
    }
}
