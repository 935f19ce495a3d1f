using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The keys of this run: for pages, for the chain of seals, and the root that the next run will start from.</summary>
internal sealed record SealingKeys(
    RingKeys Ring, Epoch Epoch, PageCipher Pages, NonceSequence Nonces, MacChain Chain, UInt128 KeyId, SecretKey NextChainRoot) : IDisposable
{
    /// <summary>Zeroes them.</summary>
    public void Dispose()
    {
        Pages.Dispose();
        Chain.Dispose();
        NextChainRoot.Dispose();
        Ring.Dispose();
    }
}
