namespace Sallyport.BatchVerification;

/// <summary>A set of numbers that are mostly in a row, kept as ranges. Not safe for several threads.</summary>
internal sealed class NumberSet
{
    private readonly List<NumberRange> _ranges = [];

    /// <summary>The ranges, rising, none touching the next.</summary>
    public IReadOnlyList<NumberRange> Ranges => _ranges;

    /// <summary>The highest number; -1 without any.</summary>
    public long Highest => _ranges.Count == 0 ? -1 : _ranges[^1].Last;

    /// <summary>What lies between the ranges, rising.</summary>
    public IEnumerable<NumberRange> Holes => _ranges.Zip(_ranges.Skip(1), (before, after) => new NumberRange(before.Last + 1, after.First - 1));

    /// <summary>Adds numbers, there or not.</summary>
    public void Add(NumberRange added)
    {
        int first = FirstEndingFrom(added.First - 1);
        int end = first;
        while (end < _ranges.Count && _ranges[end].First <= added.Last + 1)
        {
            added = new NumberRange(Math.Min(added.First, _ranges[end].First), Math.Max(added.Last, _ranges[end].Last));
            end++;
        }

        if (end == first)
        {
            _ranges.Insert(first, added);
            return;
        }

        _ranges[first] = added;
        _ranges.RemoveRange(first + 1, end - first - 1);
    }

    /// <summary>How many numbers of a range are in the set.</summary>
    public long CountIn(NumberRange range)
    {
        long count = 0;
        for (int at = FirstEndingFrom(range.First); at < _ranges.Count && _ranges[at].First <= range.Last; at++)
        {
            count += Math.Min(range.Last, _ranges[at].Last) - Math.Max(range.First, _ranges[at].First) + 1;
        }

        return count;
    }

    /// <summary>Removes the lowest range.</summary>
    public NumberRange RemoveLowest()
    {
        NumberRange lowest = _ranges[0];
        _ranges.RemoveAt(0);
        return lowest;
    }

    // The first range that ends at a number or above it.
    private int FirstEndingFrom(long number)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _ranges[middle].Last < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
