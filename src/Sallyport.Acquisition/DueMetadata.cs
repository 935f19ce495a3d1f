using System.Diagnostics.CodeAnalysis;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Metadata that are to be sent and not made yet, so that those of many devices can wait and take next to no memory. Guarded by its outbox.</summary>
internal sealed class DueMetadata
{
    /// <summary>The most that wait: those of a plan of a thousand devices, and of the plan before.</summary>
    public const int MaxCount = 2048;

    private readonly OrderedDictionary<(string Source, string ConfigurationHash), Func<DeviceMetadata>> _due = [];

    private bool _isLastTaken;

    public int Count => _due.Count;

    /// <summary>Whether there is no room for the metadata of one device more.</summary>
    public bool IsFull => _due.Count == MaxCount;

    /// <summary>Takes metadata. Those that wait already for the same device and configuration keep their place, and the newer ones are sent there.</summary>
    /// <returns>Whether they are one more.</returns>
    public bool Add(string source, string configurationHash, Func<DeviceMetadata> make)
    {
        int before = _due.Count;
        _due[(source, configurationHash)] = make;
        return _due.Count > before;
    }

    /// <summary>Whether these wait already.</summary>
    public bool Contains(string source, string configurationHash) => _due.ContainsKey((source, configurationHash));

    /// <summary>Takes those that have waited longest.</summary>
    public bool TryTake([NotNullWhen(true)] out Func<DeviceMetadata>? make)
    {
        make = null;
        if (_due.Count > 0)
        {
            make = _due.GetAt(0).Value;
            _due.RemoveAt(0);
            _isLastTaken = _due.Count == 0;
        }

        return make is not null;
    }

    /// <summary>Whether the last that waited were taken since this was asked before.</summary>
    public bool TookLast()
    {
        bool isTaken = _isLastTaken;
        _isLastTaken = false;
        return isTaken;
    }

    public void Clear() => _due.Clear();
}
