using System.Collections.Immutable;
using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The places between two blocks of a <see cref="ReadMap"/> that the device does not let a request span, as its refusals taught. Each is tried again rarely,
/// one with a poll.</summary>
/// <remarks>A request that is divided at several gaps does not tell which of them is to blame. So all are held for holes, and those that can be innocent
/// are tried with the next polls.</remarks>
internal sealed class LearnedHoles(int blocks, TimeProvider time)
{
    /// <summary>How long a hole is kept before a request may span it again.</summary>
    public static readonly TimeSpan TriedAgainAfter = TimeSpan.FromHours(1);

    private const int None = -1;

    private readonly bool[] _isCut = new bool[blocks];
    private readonly bool[] _hasPassed = new bool[blocks];
    private readonly long[] _dueAt = new long[blocks];
    private long _nextDue = long.MaxValue;
    private int _tried = None;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Per block, whether a hole lies before it.</summary>
    public ReadOnlySpan<bool> Cuts => _isCut;

    /// <summary>Per block, whether a request that spans the place before it was answered.</summary>
    public ReadOnlySpan<bool> Passed => _hasPassed;

    /// <summary>Leaves out of <see cref="Cuts"/> the hole that is to be tried with this poll.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryLift()
    {
        if (_nextDue == long.MaxValue || time.GetTimestamp() < _nextDue)
        {
            return false;
        }

        int first = None;
        for (int i = 0; i < _isCut.Length; i++)
        {
            if (_isCut[i] && (first == None || _dueAt[i] < _dueAt[first]))
            {
                first = i;
            }
        }

        _nextDue = first == None ? long.MaxValue : _dueAt[first];
        if (first == None || time.GetTimestamp() < _nextDue)
        {
            return false;
        }

        (_tried, _isCut[first]) = (first, false);
        return true;
    }

    /// <summary>Which block of a request begins behind the hole that is being tried; 0 or less if the request does not span it.</summary>
    public int PositionOfTried(PlannedRead read) => _tried == None ? None : read.Blocks.IndexOf(_tried);

    /// <summary>A request was answered: there is no hole in it.</summary>
    public void Answered(PlannedRead read)
    {
        for (int i = 1; i < read.Blocks.Length; i++)
        {
            int block = read.Blocks[i];
            _hasPassed[block] = true;
            if (block == _tried)
            {
                _tried = None;
                Count--;
            }
        }
    }

    /// <summary>A request was refused, and all its parts were answered.</summary>
    /// <param name="cuts">Where it was divided.</param>
    public void Learn(ImmutableArray<int> cuts)
    {
        foreach (int cut in cuts)
        {
            if (cut == _tried)
            {
                _tried = None;
            }
            else
            {
                Count++;
            }

            Keep(cut, cuts.Length > 1 ? TimeSpan.Zero : TriedAgainAfter);
        }
    }

    /// <summary>Ends the poll. A hole that was to be tried and was not stays one.</summary>
    /// <returns>Whether there is such a hole.</returns>
    public bool EndPoll()
    {
        bool isOpen = _tried != None;
        if (isOpen)
        {
            Keep(_tried, TriedAgainAfter);
            _tried = None;
        }

        return isOpen;
    }

    private void Keep(int cut, TimeSpan period)
    {
        _isCut[cut] = true;
        _hasPassed[cut] = false;
        _dueAt[cut] = time.GetTimestamp() + (long)(period.TotalSeconds * time.TimestampFrequency);
        _nextDue = Math.Min(_nextDue, _dueAt[cut]);
    }
}
