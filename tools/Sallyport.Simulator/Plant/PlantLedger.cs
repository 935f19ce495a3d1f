namespace Sallyport.Simulator.Plant;

/// <summary>The plant's own list of the unique values that it gave out: what the check compares the cloud side with.</summary>
/// <remarks>Guarded by one lock. A value is drawn when an answer is put together, and entered once the answer is on the wire whole, in
/// time and as what it is. An answer that a cut connection swallowed does not count as served, nor does one that is late, short or under another
/// name: a client must throw those away, and if one of their values arrived nevertheless, the check would call it foreign.</remarks>
internal sealed class PlantLedger
{
    private const int BitsForCount = 24;

    private readonly Lock _lock = new();
    private readonly Dictionary<PlantPoint, (uint Prefix, uint Count)> _points = [];
    private readonly List<ServedValue> _served = [];
    private long _drawn;

    /// <summary>How many values were given out.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _served.Count;
            }
        }
    }

    /// <summary>Draws the next value of a point. The eight high bits name the point, the others count from 1.</summary>
    public ServedValue Draw(PlantPoint point)
    {
        lock (_lock)
        {
            (uint Prefix, uint Count) last = _points.TryGetValue(point, out var known) ? known : ((uint)_points.Count + 1, 0);
            var (prefix, count) = last;
            if (prefix > byte.MaxValue || count == (1u << BitsForCount) - 1)
            {
                throw new InvalidOperationException($"The unique values of {point} are used up.");
            }

            _points[point] = (prefix, ++count);
            return new(point, _drawn++, (prefix << BitsForCount) | count);
        }
    }

    /// <summary>Enters values whose answer has been sent.</summary>
    public void Enter(IReadOnlyCollection<ServedValue> values)
    {
        lock (_lock)
        {
            _served.AddRange(values);
        }
    }

    /// <summary>All values given out so far, in the order in which they were drawn.</summary>
    public IReadOnlyList<ServedValue> Snapshot()
    {
        lock (_lock)
        {
            return [.. _served.OrderBy(value => value.Order)];
        }
    }
}
