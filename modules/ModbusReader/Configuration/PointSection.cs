using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Configuration;

/// <summary>Reads <c>/points</c>: unit → name → group, table, address, type, wordOrder.</summary>
internal sealed class PointSection(Dictionary<string, UnitSettings> units, Dictionary<string, TimeSpan?> groups)
{
    public const string Key = "points";

    private const int MaxPointsPerUnit = 10_000;
    private const int MaxNameLength = 64;

    private readonly Dictionary<(string Unit, string Group), List<PointPlan>> _points = [];

    /// <summary>Reads all points of all units.</summary>
    public void Read(DesiredReader section)
    {
        foreach (DesiredReader unit in section.NamedEntries(int.MaxValue))
        {
            if (!units.TryGetValue(unit.Name, out UnitSettings? settings))
            {
                unit.Refuse($"There is no unit \"{unit.Name}\".");
                continue;
            }

            foreach (DesiredReader entry in unit.NamedEntries(MaxPointsPerUnit))
            {
                ReadOne(unit.Name, settings, entry);
            }
        }
    }

    /// <summary>The polls of a unit, by group name. Only after everything was read without a fault.</summary>
    public ImmutableArray<PollPlan> PollsOf(string unit) =>
        [.. _points
            .Where(poll => string.Equals(poll.Key.Unit, unit, StringComparison.Ordinal))
            .OrderBy(poll => poll.Key.Group, StringComparer.Ordinal)
            .Select(poll => new PollPlan(
                poll.Key.Group,
                groups[poll.Key.Group]!.Value,
                [.. poll.Value.OrderBy(point => point.Name, StringComparer.Ordinal)]))];

    private void ReadOne(string unit, UnitSettings settings, DesiredReader entry)
    {
        if (!entry.IsObjectOf("group", "table", "address", "type", "wordOrder"))
        {
            return;
        }

        bool isGood = TryGroup(entry["group"], out string? group)
            & entry["table"].TryChoice(Vocabulary.Tables, out ModbusTable? table)
            & entry["address"].TryInteger(ushort.MinValue, ushort.MaxValue, out int address)
            & entry["type"].TryChoice(Vocabulary.Types, out DataType type)
            & entry["wordOrder"].TryChoice(Vocabulary.Orders, settings.Order, out WordOrder order);
        if (isGood && Fits(entry, table!, address, type))
        {
            Add(unit, group!, new PointPlan(entry.Name, new PointAddress(table!, (ushort)address, type), order));
        }
    }

    private bool TryGroup(DesiredReader entry, out string? group)
    {
        if (!entry.TryText(MaxNameLength, out group))
        {
            return false;
        }

        if (!groups.ContainsKey(group))
        {
            entry.Refuse($"There is no group \"{group}\".");
            return false;
        }

        return true;
    }

    private static bool Fits(DesiredReader entry, ModbusTable table, int address, DataType type)
    {
        if (table.HoldsBits != type is DataType.Bit)
        {
            entry["type"].Refuse(
                $"A {table} holds {(table.HoldsBits ? "bits: its type is bool" : "registers: its type is int16, uint16, int32, uint32 or float32")}.");
            return false;
        }

        if (address + PointAddress.WidthOf(type) > ReadRequest.AddressSpace)
        {
            entry["address"].Refuse($"A value of two registers at {address} would reach beyond 65535, the last address.");
            return false;
        }

        return true;
    }

    private void Add(string unit, string group, PointPlan point)
    {
        if (!_points.TryGetValue((unit, group), out List<PointPlan>? points))
        {
            _points.Add((unit, group), points = []);
        }

        points.Add(point);
    }
}
