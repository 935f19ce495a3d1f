using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>The device's key for checkpoints.</summary>
/// <param name="Signer">Null while the device has none.</param>
internal sealed record CheckpointKey(ICheckpointSigner? Signer) : IDisposable
{
    /// <summary>Forgets the key.</summary>
    public void Dispose() => (Signer as IDisposable)?.Dispose();
}
