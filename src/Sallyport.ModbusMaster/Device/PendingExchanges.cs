using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>The places of a line. Guarded by its lock.</summary>
internal sealed class PendingExchanges(int depth)
{
    private readonly PendingExchange[] _places = [.. Enumerable.Range(0, depth).Select(_ => new PendingExchange(endsElsewhere: depth > 1))];

    public ReadOnlySpan<PendingExchange> All => _places;

    /// <summary>How many wait for their reply.</summary>
    public int OpenCount
    {
        get
        {
            int count = 0;
            foreach (PendingExchange place in _places)
            {
                count += place.IsOpen ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The one that has waited longest, or null.</summary>
    public PendingExchange? Oldest
    {
        get
        {
            PendingExchange? oldest = null;
            foreach (PendingExchange place in _places)
            {
                oldest = place.IsOpen && (oldest is null || place.Due < oldest.Due) ? place : oldest;
            }

            return oldest;
        }
    }

    /// <summary>A place that nobody uses. There is one: callers are counted before they come here.</summary>
    public PendingExchange Free
    {
        get
        {
            foreach (PendingExchange place in _places)
            {
                if (place.IsFree)
                {
                    return place;
                }
            }

            throw new InvalidOperationException($"More than {_places.Length} requests at a time.");
        }
    }

    /// <summary>Remembers, for all that still wait for the unit that answered, that it did.</summary>
    public void Answered(in ReadExchange answered)
    {
        foreach (PendingExchange place in _places)
        {
            place.IsOvertaken |= place.IsOpen && place.Exchange.UnitId == answered.UnitId;
        }
    }
}
