using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/points</c>: unit → name → group, table, address, type, wordOrder, deadband.</summary>
internal sealed class PointSection(Dictionary<string, UnitSettings> units, Dictionary<string, GroupSettings?> groups)
{
    public const string Key = "points";

    private static readonly string[] Keys = ["group", "table", "address"];

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
                groups[poll.Key.Group]!.Interval,
                units[unit].Limits,
                [.. poll.Value.OrderBy(point => point.Name, StringComparer.Ordinal)])
            {
                Report = groups[poll.Key.Group]!.Report,
            })];

    private void ReadOne(string unit, UnitSettings settings, DesiredReader entry)
    {
        if (!entry.IsObjectOf([.. Keys, .. FormatKeys.All, .. ReportKeys.OfPoint]))
        {
            return;
        }

        bool isGood = TryGroup(entry["group"], out string? group)
            & entry["table"].TryChoice(Vocabulary.Tables, out ModbusTable? table)
            & entry["address"].TryInteger(ushort.MinValue, ushort.MaxValue, out int address);
        ValueFormat? format = FormatKeys.Read(entry, table, settings);
        Deadband deadband = ReportKeys.ReadPoint(entry, isGood ? groups[group!] : null);
        if (isGood && format is not null && Fits(entry, address, format.Width))
        {
            Add(unit, group!, new PointPlan(entry.Name, new PointAddress(table!, (ushort)address, format.Width), format) { Deadband = deadband });
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

    private static bool Fits(DesiredReader entry, int address, int width)
    {
        if (address + width > ReadRequest.AddressSpace)
        {
            entry["address"].Refuse($"A value of {width} registers at {address} would reach beyond 65535, the last address.");
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
