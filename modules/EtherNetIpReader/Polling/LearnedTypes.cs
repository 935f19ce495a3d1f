using System.Collections.Concurrent;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>The types that a controller said its tags have, by the name of the point. Safe from any thread.</summary>
internal sealed class LearnedTypes
{
    private readonly ConcurrentDictionary<string, CipDataType> _types = new(StringComparer.Ordinal);

    /// <summary>The type of a point; null if nobody knows it.</summary>
    public CipDataType? Find(string point) => _types.TryGetValue(point, out CipDataType type) ? type : null;

    /// <summary>The controller said what type a point is.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Learn(string point, CipDataType type)
    {
        if (_types.TryGetValue(point, out CipDataType known) && known == type)
        {
            return false;
        }

        _types[point] = type;
        return true;
    }
}
