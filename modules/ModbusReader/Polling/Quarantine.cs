using System.Globalization;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The points of a group that the device refuses for themselves. They are asked for rarely: after a minute at first, then twice as long each time, up to an hour.</summary>
internal sealed class Quarantine(ReadMap map, TimeProvider time, Func<double> random)
{
    /// <summary>The first wait, at most.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>So many are asked for with one poll at most, so that it stays short.</summary>
    public const int MaxRetriesPerPoll = 4;

    // Waits are shorter by up to this share, so that points which were refused together are not asked for together for ever.
    private const double Spread = 0.25;

    // 2 to the power of this many minutes is beyond the longest wait.
    private const int MaxDoublings = 6;

    private readonly bool[] _isLeftOut = new bool[map.Blocks.Length];
    private readonly List<QuarantinedRead> _reads = [];
    private long _nextDue = long.MaxValue;

    /// <summary>What is in it, by address.</summary>
    public IReadOnlyList<QuarantinedRead> Reads => _reads;

    /// <summary>Per block, whether it is in it.</summary>
    public ReadOnlySpan<bool> LeftOut => _isLeftOut;

    /// <summary>Takes in what a request asked for.</summary>
    public void Add(PlannedRead read, ReadOutcome.Refused refusal)
    {
        var added = new QuarantinedRead(read, map.Request(read.Blocks[0]));
        AskedInVain(added, refusal);
        int at = _reads.FindIndex(other => other.Read.Blocks[0] > read.Blocks[0]);
        _reads.Insert(at < 0 ? _reads.Count : at, added);
        Mark(read, isLeftOut: true);
    }

    /// <summary>It was answered.</summary>
    public void Release(QuarantinedRead released)
    {
        _reads.Remove(released);
        Mark(released.Read, isLeftOut: false);
    }

    /// <summary>It was not answered with data: the next wait begins, unless it was asked before its time.</summary>
    public void AskedInVain(QuarantinedRead refused, ReadOutcome outcome)
    {
        if (time.GetTimestamp() < refused.DueAt)
        {
            return;
        }

        TimeSpan limit = FirstWait * (1 << Math.Min(refused.Refusals++, MaxDoublings));
        TimeSpan wait = (limit < LongestWait ? limit : LongestWait) * (1 - (Spread * random()));
        refused.DueAt = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        _nextDue = Math.Min(_nextDue, refused.DueAt);
        string again = (time.GetUtcNow() + wait).ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        ReadFailure failure = ReadFailure.Of(outcome);
        refused.Failure = failure with { Reason = $"{failure.Reason}, asked again at {again}" };
        refused.Trouble = $"{failure.Reason} at {refused.Read.Request}";
    }

    /// <summary>Adds the retries that are due.</summary>
    /// <param name="open">Where to.</param>
    /// <param name="isAlone">Whether the poll asks for nothing else. Then one is asked for in any case: without a request nobody would notice that the unit is gone.</param>
    public void AddDue(Stack<OpenRead> open, bool isAlone)
    {
        int count = 0;
        if (_reads.Count > 0 && time.GetTimestamp() >= _nextDue)
        {
            count = AddDue(open);
        }

        if (isAlone && count == 0 && _reads.Count > 0)
        {
            open.Push(new OpenRead(_reads[0].Retry, Retry: _reads[0]));
        }
    }

    private int AddDue(Stack<OpenRead> open)
    {
        long now = time.GetTimestamp();
        int count = 0;
        _nextDue = long.MaxValue;
        foreach (QuarantinedRead read in _reads)
        {
            _nextDue = Math.Min(_nextDue, read.DueAt);
            if (read.DueAt <= now && count < MaxRetriesPerPoll)
            {
                open.Push(new OpenRead(read.Retry, Retry: read));
                count++;
            }
        }

        return count;
    }

    private void Mark(PlannedRead read, bool isLeftOut)
    {
        foreach (int block in read.Blocks)
        {
            _isLeftOut[block] = isLeftOut;
        }
    }
}
