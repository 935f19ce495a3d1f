using System.Globalization;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Refuses points that the limits of their unit do not let be read, and reads the member of a point that keeps it with others: atomic.</summary>
internal sealed class PointLimits
{
    /// <summary>Name of the member.</summary>
    public const string AtomicKey = "atomic";

    private const int MaxNameLength = 64;

    private readonly Dictionary<(string Unit, string Group, string Atomic), Extent> _groups = [];

    /// <summary>Reads the member and judges the point.</summary>
    /// <param name="entry">The point.</param>
    /// <param name="unit">Name of its unit.</param>
    /// <param name="group">Name of its group.</param>
    /// <param name="settings">What its unit says.</param>
    /// <param name="address">Where it lies; becomes a part of its atomic group if it has one.</param>
    /// <returns>Whether it can be read.</returns>
    public bool TryRead(DesiredReader entry, string unit, string group, UnitSettings settings, ref PointAddress address)
    {
        string? atomic = null;
        if (entry[AtomicKey].Exists && !entry[AtomicKey].TryText(MaxNameLength, out atomic))
        {
            return false;
        }

        var own = new Extent(address.Table, address.Address, address.Address + address.Width);
        switch (settings.Limits.ObstacleTo(own.Table, own.From, own.End))
        {
            case ReadObstacle.Cap:
                entry["address"].Refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The value does not fit a request: the limits of the unit allow {settings.Limits.MaxQuantity(own.Table)} from {settings.Limits.StartFor(own.Table, own.From)} on."));
                return false;
            case ReadObstacle.Hole:
                entry["address"].Refuse("A request for the value would touch a hole of the unit's limits.");
                return false;
        }

        address = address with { Atomic = atomic };
        return atomic is null || Joins(entry[AtomicKey], (unit, group, atomic), own, settings.Limits);
    }

    private bool Joins(DesiredReader entry, (string Unit, string Group, string Atomic) key, Extent own, ReadLimits limits)
    {
        if (!_groups.TryGetValue(key, out Extent? extent))
        {
            _groups.Add(key, own);
            return true;
        }

        if (!ReferenceEquals(extent.Table, own.Table))
        {
            entry.Refuse($"One request reads one table; \"{key.Atomic}\" has points of {extent.Table}.");
            return false;
        }

        Extent both = new(own.Table, Math.Min(own.From, extent.From), Math.Max(own.End, extent.End));
        switch (limits.ObstacleTo(both.Table, both.From, both.End))
        {
            case ReadObstacle.Cap:
                entry.Refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{key.Atomic}\" reaches from {both.From} to {both.End - 1}; the limits of the unit do not allow so much in one request ({limits.MaxQuantity(both.Table)})."));
                return false;
            case ReadObstacle.Hole:
                entry.Refuse(string.Create(
                    CultureInfo.InvariantCulture, $"\"{key.Atomic}\" reaches from {both.From} to {both.End - 1}, across a hole of the unit's limits."));
                return false;
        }

        _groups[key] = both;
        return true;
    }

    private sealed record Extent(ModbusTable Table, int From, int End);
}
