using Sallyport.SealedRing.Keys;

namespace Sallyport.BatchVerification;

/// <summary>The roots of the chains that batches are sealed with, by key id: what announcements brought. Not safe for several threads.</summary>
public sealed class ChainRoots : IDisposable
{
    private readonly Dictionary<UInt128, RootChain> _chains = [];

    /// <summary>Adds the first root of a chain; one that is there already stays.</summary>
    /// <param name="firstRoot">Passes to this object.</param>
    /// <param name="firstEpoch">The number of the epoch that it is the root of.</param>
    /// <returns>The key id of its chain.</returns>
    public UInt128 Add(SecretKey firstRoot, long firstEpoch)
    {
        UInt128 keyId = MacChain.KeyIdOf(firstRoot);
        if (!_chains.TryAdd(keyId, new RootChain(firstRoot, firstEpoch)))
        {
            firstRoot.Dispose();
        }

        return keyId;
    }

    internal RootChain? Find(UInt128 keyId) => _chains.GetValueOrDefault(keyId);

    /// <summary>Zeroes the roots.</summary>
    public void Dispose()
    {
        foreach (RootChain chain in _chains.Values)
        {
            chain.Dispose();
        }
    }
}
