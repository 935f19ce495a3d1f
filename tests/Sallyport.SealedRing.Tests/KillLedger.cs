using System.Globalization;

namespace Sallyport.SealedRing.Tests;

/// <summary>What a writer said before each of its deaths, over all its lives.</summary>
internal sealed class KillLedger
{
    private readonly Dictionary<long, string> _appended = [];
    private readonly HashSet<long> _durable = [];
    private readonly HashSet<long> _settled = [];
    private readonly List<long> _undurable = [];
    private readonly List<(string Reason, long First, long Last, long Count)> _told = [];
    private long _highest = -1;

    public int Acknowledged => _durable.Count;

    public int Appended => _appended.Count;

    /// <summary>Records that were delivered, or of which a delivered gap record says that they are gone.</summary>
    public int Settled => _settled.Count;

    public void Restart() => _undurable.Clear();

    public void Read(string line)
    {
        string[] words = line.Split(' ', 4);
        switch (words[0])
        {
            case "a":
                long seq = Number(words[1]);
                Assert.True(_appended.TryAdd(seq, words[2]), $"number {seq} comes again");
                _undurable.Add(seq);
                _highest = Math.Max(_highest, seq);
                break;
            case "k":
                _durable.UnionWith(_undurable);
                _undurable.Clear();
                break;
            case "d" when Number(words[1]) == TestRing.GapContent:
                ReadGaps(words[3]);
                break;
            case "d":
                ReadPage(Number(words[2]), words[3]);
                break;
            default:
                Assert.Equal("o", line);
                break;
        }
    }

    /// <summary>Settles what the gap records that were delivered speak of, and gives the rest to be judged.</summary>
    public RingOracle Now()
    {
        foreach (long seq in _appended.Keys.Where(seq => !_settled.Contains(seq)))
        {
            if (_told.Any(gap => gap.First <= seq && seq <= gap.Last && (!_durable.Contains(seq) || RingOracle.IsEviction(gap.Reason))))
            {
                _settled.Add(seq);
            }
        }

        _told.Clear();
        return new RingOracle([.. _durable.Where(seq => !_settled.Contains(seq))], _settled, _appended, _highest, []);
    }

    private void ReadPage(long first, string body)
    {
        foreach (string text in body[1..^1].Split(';'))
        {
            Assert.Equal(_appended[first], text);
            _settled.Add(first++);
        }
    }

    private void ReadGaps(string body)
    {
        foreach (string gap in body[1..^1].Split(';'))
        {
            string[] words = gap.Trim('{', '}').Split(' ');
            _told.Add((words[1], Number(words[2]), Number(words[3]), Number(words[4])));
            Assert.NotEqual(nameof(LossReason.Unreadable), words[1]);
        }
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
