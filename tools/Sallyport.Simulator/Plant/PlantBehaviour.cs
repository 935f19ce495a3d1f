using System.Collections.Concurrent;

namespace Sallyport.Simulator.Plant;

/// <summary>The plant's manners as they stand: towards all, and of single units. Changed and asked on any thread.</summary>
internal sealed class PlantBehaviour
{
    private readonly ConcurrentDictionary<byte, PlantManners> _ofUnits = [];
    private volatile PlantManners _ofAll = PlantManners.Good;
    private volatile PlantAdmission _admission;
    private int _asked;

    /// <summary>Which connections it keeps.</summary>
    public PlantAdmission Admission
    {
        get => _admission;
        set => _admission = value;
    }

    /// <summary>Changes manners, from the next request on.</summary>
    /// <param name="manners">The new ones.</param>
    /// <param name="unitId">One unit, whatever the others do; null for all that have no manners of their own.</param>
    public void Set(PlantManners manners, byte? unitId = null)
    {
        if (unitId is not { } unit)
        {
            _ofAll = manners;
        }
        else if (manners == PlantManners.Good)
        {
            _ofUnits.TryRemove(unit, out _);
        }
        else
        {
            _ofUnits[unit] = manners;
        }
    }

    /// <summary>The manners that the next request to a unit meets.</summary>
    public PlantManners Next(byte unitId)
    {
        var manners = _ofUnits.GetValueOrDefault(unitId, _ofAll);
        return manners.Every == 1 || Interlocked.Increment(ref _asked) % manners.Every == 0 ? manners : PlantManners.Good;
    }
}
