using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Configuration;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/points</c>: unit → name → group, table, address, atomic, and the members of <see cref="FormatKeys"/>, <see cref="TransformKeys"/> and
/// <see cref="ReportKeys"/>.</summary>
internal sealed class PointSection(Dictionary<string, UnitSettings> units, IReadOnlyDictionary<string, GroupSettings?> groups)
{
    public const string Key = "points";

    private static readonly string[] Keys =
        ["group", "table", "address", PointLimits.AtomicKey, .. FormatKeys.All, .. TransformKeys.All, .. ReportKeys.OfPoint];

    private const int MaxPointsPerUnit = 10_000;
    private const int MaxNameLength = 64;

    private readonly Dictionary<(string Unit, string Group), List<PointPlan>> _points = [];
    private readonly PointLimits _limits = new();

    // Units of a kind have the same points: what is equal is kept once.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<ValueFormat, ValueFormat> _formats = [];

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

            IReadOnlyList<DesiredReader> entries = unit.NamedEntries(MaxPointsPerUnit);
            foreach (DesiredReader entry in entries)
            {
                ReadOne(unit.Name, settings, entry);
            }

            ScaleSources.Check(entries, PointsOf(unit.Name));
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
        if (!entry.IsObjectOf(Keys))
        {
            return;
        }

        bool isGood = TryGroup(entry["group"], out string? group)
            & entry["table"].TryChoice(Vocabulary.Tables, out ModbusTable? table)
            & entry["address"].TryInteger(ushort.MinValue, ushort.MaxValue, out int address);
        ValueFormat? format = FormatKeys.Read(entry, table, settings);
        if (format is null)
        {
            return;
        }

        ValueTransform transform = TransformKeys.Read(entry, ValueShapes.Of(format), out string? engineeringUnit);
        Deadband deadband = ReportKeys.ReadPoint(entry, isGood ? groups[group!] : null);
        if (!isGood || !Fits(entry, address, format.Width))
        {
            return;
        }

        var place = new PointAddress(table!, (ushort)address, format.Width);
        if (_limits.TryRead(entry, unit, group!, settings, ref place))
        {
            Add(unit, group!, new PointPlan(KeptOnce(_names, entry.Name), place, KeptOnce(_formats, format))
            {
                Transform = transform,
                EngineeringUnit = engineeringUnit,
                Deadband = deadband,
            });
        }
    }

    private static T KeptOnce<T>(Dictionary<T, T> kept, T value)
        where T : class
    {
        ref T? one = ref CollectionsMarshal.GetValueRefOrAddDefault(kept, value, out _);
        return one ??= value;
    }

    private IEnumerable<ScaleCandidate> PointsOf(string unit) =>
        from poll in _points
        where string.Equals(poll.Key.Unit, unit, StringComparison.Ordinal)
        from point in poll.Value
        select new ScaleCandidate(point.Name, poll.Key.Group, point.Transform, point.Format.IsInteger);

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
