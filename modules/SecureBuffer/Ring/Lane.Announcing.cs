using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>What the lane's ring announces to the verifier, and what became of single records.</summary>
internal sealed partial class Lane
{
    // Numbers of records that somebody asks for, and whether their delivery is proven.
    private readonly Dictionary<long, bool> _followed = [];

    /// <summary>What hands the root of the chain of seals to the verifier; null without a verifier, or while the ring is not open.</summary>
    public Announcement? Announcement
    {
        get
        {
            lock (_lock)
            {
                return _ring?.Announcement;
            }
        }
    }

    /// <summary>Another verifier is to check the seals: the next commit begins a key period for it. The one that there is changes nothing.</summary>
    public void UseVerifier(VerifierKey verifier)
    {
        lock (_lock)
        {
            if (_ring is { } ring)
            {
                ring.UseVerifier(verifier);
                _isCommitAsked |= ring.IsEpochDue;
            }
        }
    }

    /// <summary>From now on <see cref="FateOf"/> knows of a record that was appended just now.</summary>
    public void Follow(long seq)
    {
        lock (_lock)
        {
            _followed[seq] = false;
        }
    }

    /// <summary>What became of a record that is followed. Once it is not waiting any more it is not followed any more.</summary>
    public RecordFate FateOf(long seq)
    {
        lock (_lock)
        {
            if (_followed.GetValueOrDefault(seq))
            {
                _followed.Remove(seq);
                return RecordFate.Delivered;
            }

            if (_ring is { } ring && !ring.Holds(seq))
            {
                _followed.Remove(seq);
                return RecordFate.Lost;
            }

            return RecordFate.Waiting;
        }
    }

    private void MarkDelivered(IEnumerable<Page> pages)
    {
        if (_followed.Count == 0)
        {
            return;
        }

        foreach (Page page in pages)
        {
            foreach (var seq in _followed.Keys.Where(seq => seq >= page.Sealed.Fields.FirstSeq && seq <= page.Sealed.LastSeq).ToArray())
            {
                _followed[seq] = true;
            }
        }
    }
}
