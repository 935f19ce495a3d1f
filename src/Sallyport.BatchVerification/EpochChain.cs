using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.BatchVerification;

/// <summary>The chain of one epoch's keys, and a few places in it, so that neither the next page nor a late one has to be walked to from the start. Not safe for several threads.</summary>
/// <param name="epoch">Which epoch.</param>
/// <param name="first">Its first key; passes to this object.</param>
internal sealed class EpochChain(Epoch epoch, MacChain first) : IDisposable
{
    private const int MostPlaces = 4;
    private const long BetweenPlaces = 512;

    // Rising. The last is where the next page is expected; the first is never given up.
    private readonly List<MacChain> _places = [first, first.Copy()];

    public Epoch Epoch => epoch;

    /// <summary>Walks to what was proven before the state was read back: once, and free.</summary>
    public void WalkTo(long provenStep)
    {
        while (_places[^1].Step < provenStep)
        {
            _places[^1].Skip();
        }
    }

    /// <summary>The chain at a step, owned by the caller. Null if the way there costs more than the budget.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="budget">Steps that may be taken; what was taken is subtracted.</param>
    public MacChain? Walk(long step, ref long budget)
    {
        MacChain from = _places.FindLast(place => place.Step <= step)!;
        if (step - from.Step > budget)
        {
            return null;
        }

        budget -= step - from.Step;
        MacChain chain = from.Copy();
        while (chain.Step < step)
        {
            chain.Skip();
        }

        return chain;
    }

    /// <summary>Goes on from here the next time.</summary>
    /// <param name="chain">Behind a page that was proven; passes to this object.</param>
    public void Keep(MacChain chain)
    {
        if (chain.Step <= _places[^1].Step)
        {
            chain.Dispose();
            return;
        }

        // The place before stays only if the one before that is far behind.
        if (_places[^1].Step - _places[^2].Step < BetweenPlaces)
        {
            _places[^1].Dispose();
            _places[^1] = chain;
        }
        else
        {
            _places.Add(chain);
        }

        if (_places.Count > MostPlaces)
        {
            _places[1].Dispose();
            _places.RemoveAt(1);
        }
    }

    public void Dispose() => _places.ForEach(place => place.Dispose());
}
