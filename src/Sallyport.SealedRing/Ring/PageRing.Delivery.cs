using System.Collections.Immutable;

namespace Sallyport.SealedRing;

/// <summary>How pages leave, and how they are freed.</summary>
public sealed partial class PageRing
{
    /// <summary>Hands out the oldest page that is not handed out. Gap records are made here, so that many losses become few records.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isDiskGone">
    /// The disk takes nothing: numbers may leave that are not reserved on it, so that data do not wait for a disk that may never come back. If the process then
    /// dies too, the next run uses them again, and the verifier says FORK.
    /// </param>
    public TakeOutcome Take(Moment now, bool isDiskGone = false)
    {
        Observe(now);
        PlaceGaps(now);
        while (_pages.NextToHandOut() is { } page)
        {
            // A count that left the gateway never goes back. A state alone makes it durable: writing the page may cost another page its place, and so a count again.
            if (!isDiskGone && page.Fields.Lost > _durable.Lost)
            {
                _isCountDue = true;
                return TakeOutcome.CommitFirst.Instance;
            }

            if (!isDiskGone && (page.LastSeq >= _durable.SeqReserved || page.Number >= _durable.PageReserved))
            {
                _isStateDue = true;
                return TakeOutcome.CommitFirst.Instance;
            }

            if (TryReadBody(page) is { } body)
            {
                _pages.SetInFlight(page, isInFlight: true);
                return new TakeOutcome.Taken(Handed(page, body));
            }

            if (page.IsPlaced && _reader.Fault != default && ++page.FailedReads < MostFailedReads)
            {
                return TakeOutcome.Empty.Instance;
            }

            Forget(page, LossReason.Unreadable);
            PlaceGaps(now);
        }

        return TakeOutcome.Empty.Instance;
    }

    /// <summary>Frees pages whose delivery is proven; what is gone already does not matter.</summary>
    /// <returns>How many records.</returns>
    public int Confirm(IEnumerable<long> numbers)
    {
        int records = 0;
        foreach (long number in numbers)
        {
            if (_pages.Find(number) is { IsInFlight: true } page && _pages.Remove(page))
            {
                records += page.Fields.Count;
            }
        }

        _isStateDue |= OldestPage - _durable.OldestPage >= OldestPageStride;
        return records;
    }

    /// <summary>Whether a record is in the ring: neither confirmed nor lost.</summary>
    public bool Holds(long seq) => _open is { } open && seq >= open.FirstSeq && seq < open.FirstSeq + open.Count || _pages.Holds(seq);

    /// <summary>Takes pages back, to be handed out again.</summary>
    /// <returns>The numbers of those that were still there.</returns>
    public ImmutableArray<long> Return(IEnumerable<long> numbers)
    {
        ImmutableArray<long>.Builder there = ImmutableArray.CreateBuilder<long>();
        foreach (long number in numbers)
        {
            if (_pages.Find(number) is { IsInFlight: true } page)
            {
                _pages.SetInFlight(page, isInFlight: false);
                there.Add(number);
            }
        }

        return there.ToImmutable();
    }

    /// <summary>Gives up a page that no broker will ever take.</summary>
    public void Discard(long number)
    {
        if (_pages.Find(number) is { IsInFlight: true } page)
        {
            Forget(page, LossReason.Oversize);
        }
    }
}
