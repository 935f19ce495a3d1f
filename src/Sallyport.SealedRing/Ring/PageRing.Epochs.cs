using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>
/// How a ring that runs comes to new keys. A state of the new epoch is made durable first, then the states with the roots of past epochs go, then pages are
/// sealed in it: so no page is sealed in an epoch that the next start does not know of.
/// </summary>
public sealed partial class PageRing
{
    // What a time server corrects in passing is no step.
    private static readonly TimeSpan MostDrift = TimeSpan.FromSeconds(2);

    private readonly EpochSource _epochs;
    private EpochChange? _change;
    private VerifierKey? _verifier;
    private TimeSpan? _clockOffset;
    private bool _isEpochDue;
    private bool _hasFaulted;
    private bool _hasClockStepped;
    private bool _isStateFirst;
    private bool _hasOldRoots = true;
    private bool _areCopiesDue;
    private bool _isCountDue;

    /// <summary>How often the wall clock was set since the ring was opened, by more than two seconds. It may also mean that the machine slept or was copied.</summary>
    public long ClockSteps { get; private set; }

    /// <summary>What hands the chain's root to the verifier, to be sent until its delivery is proven; null while there is no verifier.</summary>
    public Announcement? Announcement { get; private set; }

    /// <summary>Another verifier is to check the seals: the next commit begins a key period for it, with an announcement of its own.</summary>
    /// <param name="verifier">The one that there is already changes nothing.</param>
    public void UseVerifier(VerifierKey verifier) => _verifier = verifier;

    /// <summary>A new epoch is due at the next commit.</summary>
    public bool IsEpochDue => _change is not null || _isEpochDue || _keys.Nonces.Drawn >= _options.SealsPerEpoch || _verifier is { } verifier && !verifier.IsToldBy(Announcement);

    // A machine that was asleep, or a copy of it that was woken elsewhere, shows in its clocks. Both copies would go on with the same keys and the same counters.
    private void Observe(Moment now)
    {
        TimeSpan offset = now.Wall - DateTimeOffset.UnixEpoch - now.Elapsed;
        if ((offset - (_clockOffset ?? offset)).Duration() > MostDrift)
        {
            ClockSteps++;
            _isEpochDue = true;
            _hasClockStepped = true;
            _clockOffset = offset;
        }

        _clockOffset ??= offset;
    }

    private PageTraits TakeClockStep()
    {
        PageTraits stepped = _hasClockStepped ? PageTraits.ClockStepped : PageTraits.None;
        _hasClockStepped = false;
        return stepped;
    }

    // What has to be durable before anything else is written; null for nothing.
    private CommitWork? PrepareAhead()
    {
        if (_change is null && IsEpochDue)
        {
            _change = _epochs.Next(_keys, Announcement, _verifier);
            _isEpochDue = false;
        }

        if (_change is null && !_isStateFirst && !_areCopiesDue && !_isCountDue)
        {
            return null;
        }

        // The slot of the last durable state is the only one that three copies do not touch.
        _work.Change = _change;
        _work.IsCopies = _change is null && !_isStateFirst && _areCopiesDue;
        _work.IsCountAlone = _change is null && !_isStateFirst && !_areCopiesDue;
        for (int states = _work.IsCopies ? RingGeometry.StateSlots - 1 : 1; states > 0; states--)
        {
            PrepareState(isClean: false);
        }

        return _work;
    }

    private void CompleteEpoch(CommitWork work)
    {
        if (work.Change is { } change)
        {
            _keys.Retire();
            _keys = change.Keys with { Epoch = change.Keys.Epoch with { FirstPage = _nextPage } };
            _writer.Keys = _keys;
            Announcement = change.Announcement;
            _change = null;
            _hasOldRoots = true;
        }

        if (work.State is not null)
        {
            _isStateFirst = false;
            _isCountDue = false;
            _areCopiesDue = _hasOldRoots && !work.IsCopies;
            _hasOldRoots &= !work.IsCopies;
        }

        // The disk that answers again may be another one, or an old copy.
        _isEpochDue |= work.IsWhole && _hasFaulted;
        _hasFaulted &= !work.IsWhole;
        work.HasMore = (!work.IsWhole && !work.IsCountAlone) || _areCopiesDue || IsEpochDue;
    }
}
