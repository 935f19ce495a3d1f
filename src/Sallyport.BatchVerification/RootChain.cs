using Sallyport.SealedRing.Keys;

namespace Sallyport.BatchVerification;

/// <summary>The roots of the epochs of one chain, each made from the one before. Remembers the highest that was proven. Not safe for several threads.</summary>
/// <param name="firstRoot">Passes to this object.</param>
/// <param name="firstEpoch">The number of the epoch that it is the root of.</param>
internal sealed class RootChain(SecretKey firstRoot, long firstEpoch) : IDisposable
{
    private readonly (SecretKey Root, long Epoch) _first = (firstRoot, firstEpoch);
    private (SecretKey Root, long Epoch) _latest = (SecretKey.Create(firstRoot.CopyTo), firstEpoch);

    /// <summary>The root of an epoch, owned by the caller. Null if there is none, or finding it costs more than the budget.</summary>
    /// <param name="epoch">Number of the epoch.</param>
    /// <param name="provenEpoch">The highest that was proven: the way up to it is gone once, and free.</param>
    /// <param name="budget">Steps that may be taken; what was taken is subtracted.</param>
    public SecretKey? Walk(long epoch, long provenEpoch, ref long budget)
    {
        bool isForward = epoch >= _latest.Epoch;
        (SecretKey from, long at) = isForward ? _latest : _first;
        long cost = epoch - (isForward ? Math.Min(epoch, Math.Max(at, provenEpoch)) : at);
        if (epoch < at || cost > budget)
        {
            return null;
        }

        budget -= cost;
        var root = SecretKey.Create(from.CopyTo);
        while (at < epoch)
        {
            SecretKey next = MacChain.NextRoot(root);
            root.Dispose();
            root = next;
            if (++at == provenEpoch)
            {
                Keep(at, root);
            }
        }

        return root;
    }

    /// <summary>Goes on from here the next time.</summary>
    /// <param name="epoch">An epoch that was proven.</param>
    /// <param name="root">Its root; copied.</param>
    public void Keep(long epoch, SecretKey root)
    {
        if (epoch > _latest.Epoch)
        {
            _latest.Root.Dispose();
            _latest = (SecretKey.Create(root.CopyTo), epoch);
        }
    }

    public void Dispose()
    {
        _first.Root.Dispose();
        _latest.Root.Dispose();
    }
}
