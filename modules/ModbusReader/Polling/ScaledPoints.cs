using System.Collections.Immutable;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The points of a poll whose power of ten another point of the same poll has. It may come with a later reply, so they are held until the end.</summary>
internal sealed class ScaledPoints
{
    private readonly ImmutableArray<PointPlan> _points;
    private readonly Dictionary<int, int> _sources = [];
    private readonly Dictionary<int, ValueOutcome> _held = [];

    public ScaledPoints(ImmutableArray<PointPlan> points)
    {
        _points = points;
        for (int i = 0; i < points.Length; i++)
        {
            if (points[i].Transform.ScaleFrom is { } source)
            {
                _sources.Add(i, IndexOf(source));
            }
        }
    }

    /// <summary>Those that were read in this poll.</summary>
    public Dictionary<int, ValueOutcome>.KeyCollection Held => _held.Keys;

    /// <summary>Begins a new poll.</summary>
    public void Clear() => _held.Clear();

    /// <summary>Keeps what the device answered for a point, if it needs another one. False if it does not.</summary>
    public bool TryHold(int index, ValueOutcome raw)
    {
        if (_sources.Count is 0 || !_sources.ContainsKey(index))
        {
            return false;
        }

        _held[index] = raw;
        return true;
    }

    /// <summary>Which point has the scale of this one.</summary>
    public int SourceOf(int index) => _sources[index];

    /// <summary>The value of a point that was held.</summary>
    /// <param name="index">The point.</param>
    /// <param name="scale">What became of the point that has its scale, in the same poll.</param>
    public ValueOutcome Apply(int index, ValueOutcome scale) => _points[index].Transform.Apply(_held[index], scale);

    private int IndexOf(string name)
    {
        for (int i = 0; i < _points.Length; i++)
        {
            if (string.Equals(_points[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The plan has no point {name}, though its reader looked for it.");
    }
}
