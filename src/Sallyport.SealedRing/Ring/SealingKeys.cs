using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The keys of an epoch: for pages, for the chain of seals, and the root that the next epoch will start from.</summary>
internal sealed record SealingKeys(
    RingKeys Ring, Epoch Epoch, PageCipher Pages, NonceSequence Nonces, MacChain Chain, UInt128 KeyId, SecretKey NextChainRoot) : IDisposable
{
    /// <summary>Zeroes those of this epoch: another goes on with the ring.</summary>
    public void Retire()
    {
        Pages.Dispose();
        Chain.Dispose();
        NextChainRoot.Dispose();
    }

    /// <summary>Zeroes all of them.</summary>
    public void Dispose()
    {
        Retire();
        Ring.Dispose();
    }
}
