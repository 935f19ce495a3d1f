using Sallyport.SealedRing.Format;

namespace Sallyport.BatchVerification;

/// <summary>The epochs of a ring, by number: each has one id, and their pages do not mix. Not safe for several threads.</summary>
internal sealed class EpochTable
{
    private const int Most = 1024;

    private readonly SortedList<long, KnownEpoch> _epochs = [];

    /// <summary>Epochs up to this number may have been there; 0 if none was forgotten.</summary>
    public long Forgotten { get; private set; }

    public IList<KnownEpoch> All => _epochs.Values;

    /// <summary>The highest; null without any.</summary>
    public KnownEpoch? Newest => _epochs.Count == 0 ? null : _epochs.GetValueAtIndex(_epochs.Count - 1);

    public bool IsKnown(Epoch epoch) => _epochs.TryGetValue(epoch.Number, out KnownEpoch? known) && known.Epoch == epoch;

    /// <summary>How a page contradicts the epochs; null if it does not.</summary>
    public ForkSign? Contradiction(Epoch epoch, long page)
    {
        if (_epochs.TryGetValue(epoch.Number, out KnownEpoch? known) ? known.Epoch != epoch : epoch.Number <= Forgotten)
        {
            return ForkSign.EpochOpenedTwice;
        }

        foreach (KnownEpoch other in _epochs.Values)
        {
            if ((other.Epoch.Number < epoch.Number && other.LastPage >= epoch.FirstPage) || (other.Epoch.Number > epoch.Number && other.Epoch.FirstPage <= page))
            {
                return ForkSign.PagesUsedTwice;
            }
        }

        return null;
    }

    public void Add(SealedBatch batch) =>
        Add(_epochs.TryGetValue(batch.Fields.Epoch.Number, out KnownEpoch? known) ? known.With(batch) : KnownEpoch.Of(batch));

    public void Add(KnownEpoch epoch)
    {
        _epochs[epoch.Epoch.Number] = epoch;
        if (_epochs.Count > Most)
        {
            Forget(_epochs.GetKeyAtIndex(0));
            _epochs.RemoveAt(0);
        }
    }

    /// <summary>Says that epochs up to a number are not remembered.</summary>
    public void Forget(long number) => Forgotten = Math.Max(Forgotten, number);

    /// <summary>Whether numbers lie between two pages of one epoch.</summary>
    public bool Used(NumberRange numbers) => _epochs.Values.Any(epoch => epoch.Used(numbers));
}
