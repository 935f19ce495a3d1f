using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>What must be true of a ring, whatever happens to it: the owner's own list of what was appended, committed and confirmed.</summary>
internal sealed class RingModel(Dice dice, bool isRolledBack = false)
{
    private readonly Dictionary<long, string> _appended = [];
    private readonly HashSet<long> _confirmed = [];
    private readonly HashSet<long> _durable = [];
    private readonly List<(string Reason, long First, long Last, long Count)> _told = [];
    private int _texts;

    /// <summary>The highest number that left the process or is on the device.</summary>
    public long HighestUsed { get; private set; } = -1;

    private long HighestSeq { get; set; } = -1;

    /// <summary>Some things that an owner does, in an order that the seed decides.</summary>
    public void Work(TestRing ring, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            switch (dice.Next(10))
            {
                case < 6:
                    Append(ring);
                    break;
                case < 8:
                    Commit(ring);
                    break;
                case 8:
                    ring.Ring.Seal(TestRing.Noon);
                    break;
                default:
                    Deliver(ring);
                    break;
            }
        }
    }

    public void Append(TestRing ring)
    {
        string text = $"r{_texts++}-{new string((char)('a' + dice.Next(26)), dice.Next(dice.Next(8) == 0 ? 9000 : 900))}";
        long seq = ring.Append(text);
        Assert.True(seq > HighestSeq, $"{seq} after {HighestSeq}");
        Assert.True(_appended.TryAdd(seq, text));
        HighestSeq = seq;
    }

    public void Commit(TestRing ring)
    {
        if (ring.Commit())
        {
            _durable.UnionWith(_appended.Keys);
            HighestUsed = Math.Max(HighestUsed, HighestSeq);
        }
    }

    public void Deliver(TestRing ring)
    {
        for (int pages = dice.Next(4); pages >= 0; pages--)
        {
            if (ring.Ring.Take(TestRing.Noon) is not TakeOutcome.Taken { Page: var page })
            {
                break;
            }

            HighestSeq = Math.Max(HighestSeq, page.LastSeq);
            HighestUsed = Math.Max(HighestUsed, page.LastSeq);
            if (dice.Next(3) > 0)
            {
                Confirm(ring, page);
            }
            else
            {
                ring.Ring.Return([page.Number]);
            }
        }
    }

    /// <summary>The state of knowledge now, for judging a power cut later.</summary>
    public RingOracle Now() => new([.. _durable], [.. _confirmed], new Dictionary<long, string>(_appended), HighestUsed, [.. _told]);

    private void Confirm(TestRing ring, SealedPage page)
    {
        ring.Ring.Confirm([page.Number]);
        _told.AddRange(((IEnumerable<SealedPage>)[page]).Gaps());
        if (!page.IsGap())
        {
            foreach ((long seq, string text) in ((IEnumerable<SealedPage>)[page]).Records())
            {
                Assert.True(isRolledBack || string.Equals(_appended[seq], text, StringComparison.Ordinal));
                _confirmed.Add(seq);
            }
        }
    }
}
