using Sallyport.Simulator.Plant;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Holds the values that arrived for one point against the list of those that the plant gave out there.</summary>
/// <remarks>Walks the frames in order. Values of the list that were skipped since the last good one must be accounted for by the bad points and gaps
/// in between, one each.</remarks>
internal sealed class ValueJoin
{
    private readonly UniquePoint _point;
    private readonly Findings _findings;
    private readonly long[] _served;
    private readonly Dictionary<long, int> _places;
    private readonly bool[] _arrived;
    private readonly bool[] _taken;
    private int _last = -1;
    private long _bad;
    private long _gaps;
    private ValueTally _tally;

    private ValueJoin(UniquePoint point, IEnumerable<ServedValue> served, Findings findings)
    {
        _point = point;
        _findings = findings;
        _served = [.. served.Select(value => (long)value.Value)];
        _places = _served.Index().ToDictionary(value => value.Item, value => value.Index);
        _arrived = new bool[_served.Length];
        _taken = new bool[_served.Length];
    }

    /// <summary>Compares.</summary>
    /// <param name="point">The point.</param>
    /// <param name="served">What the plant gave out there, in order.</param>
    /// <param name="streams">The streams of the point's source and group, sessions in order.</param>
    /// <param name="findings">What is wrong.</param>
    public static ValueTally Compare(UniquePoint point, IEnumerable<ServedValue> served, IReadOnlyList<FrameStream> streams, Findings findings)
    {
        var join = new ValueJoin(point, served, findings);
        join.MarkArrived(streams);
        foreach (var (frame, explained) in streams.SelectMany(stream => stream.Slots()))
        {
            join._gaps += explained;
            foreach (var value in frame?.Points.Where(candidate => string.Equals(candidate.Name, point.Name, StringComparison.Ordinal)) ?? [])
            {
                join.Take(value);
            }
        }

        join.AccountFor(join._served.Length);
        return join._tally;
    }

    private static long? NumberOf(Point point) => point.Value is { Kind: PointValueKind.SignedInteger or PointValueKind.UnsignedInteger } value
        ? value.AsInt64()
        : null;

    private void MarkArrived(IReadOnlyList<FrameStream> streams)
    {
        foreach (var point in streams.SelectMany(stream => stream.Frames).SelectMany(frame => frame.Points))
        {
            if (string.Equals(point.Name, _point.Name, StringComparison.Ordinal)
                && NumberOf(point) is { } number
                && _places.TryGetValue(number, out var place))
            {
                _arrived[place] = true;
            }
        }
    }

    private void Take(Point point)
    {
        if (!point.Status.IsGood)
        {
            _bad++;
        }
        else if (NumberOf(point) is not { } number || !_places.TryGetValue(number, out var place))
        {
            _findings.Add(FindingKind.Foreign, $"{_point.Source}/{_point.Name} arrived as {point.Value}, which the plant never gave out.");
        }
        else if (_taken[place])
        {
            _findings.Add(FindingKind.Duplicate, $"{_point.Source}/{_point.Name}: value {number} arrived in two frames.");
        }
        else
        {
            TakeNew(place);
        }
    }

    private void TakeNew(int place)
    {
        _taken[place] = true;
        _tally += new ValueTally(1, 0, 0);
        if (place < _last)
        {
            _findings.Add(FindingKind.OutOfOrder, $"{_point.Source}/{_point.Name}: value {_served[place]} arrived after {_served[_last]}.");
            return;
        }

        AccountFor(place);
        _last = place;
    }

    /// <summary>Accounts for the values between the last good one and the next.</summary>
    private void AccountFor(int next)
    {
        long missing = 0;
        for (var place = _last + 1; place < next; place++)
        {
            missing += _arrived[place] ? 0 : 1;
        }

        var lost = Math.Min(missing, _gaps);
        var badReads = Math.Min(missing - lost, _bad);
        _tally += new ValueTally(0, lost, badReads);
        _findings.Add(
            FindingKind.MissingValue,
            $"{_point.Source}/{_point.Name}: {missing - lost - badReads} of the values after number {_last + 1} of {_served.Length} are missing without a reason.",
            missing - lost - badReads);
        (_bad, _gaps) = (0, 0);
    }
}
