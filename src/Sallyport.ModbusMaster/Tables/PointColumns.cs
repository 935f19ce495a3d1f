using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The columns that a points table may have, in the order in which they are written: two that name the point, and one for each key of a point.</summary>
/// <remarks>A new key of a point needs a row here and nothing else. A test compares the rows with the keys that the plan reader knows.</remarks>
public static class PointColumns
{
    /// <summary>Title of the column that says which of <c>/units</c> the point belongs to. Not «unit»: that is the engineering unit of a point.</summary>
    public const string Device = "device";

    /// <summary>Title of the column with the name of the point.</summary>
    public const string Name = "name";

    /// <summary>One for each key of a point.</summary>
    public static ImmutableArray<PointColumn> Keys { get; } =
    [
        new("group", CellKind.Text),
        new("table", CellKind.Text),
        new("address", CellKind.WholeNumber),
        new("type", CellKind.Text),
        new("bit", CellKind.WholeNumber),
        new("registers", CellKind.WholeNumber),
        new("wordOrder", CellKind.Text),
        new("packing", CellKind.Text),
        new("encoding", CellKind.Text),
        new("unit", CellKind.Text),
        new("scale", CellKind.Number),
        new("offset", CellKind.Number),
        new("scaleFrom", CellKind.Text),
        new("clamp", CellKind.NumbersByName),
        new("nullValues", CellKind.Numbers),
        new("enum", CellKind.TextsByName),
        new("atomic", CellKind.Text),
        new("deadband", CellKind.Amount),
    ];

    private static readonly FrozenDictionary<string, PointColumn> ByKey =
        Keys.ToFrozenDictionary(column => column.Key, StringComparer.Ordinal);

    /// <summary>All titles.</summary>
    internal static string Titles { get; } = string.Join(", ", [Device, Name, .. Keys.Select(column => column.Key)]);

    /// <summary>Finds the column of a key.</summary>
    public static bool TryFind(string key, [NotNullWhen(true)] out PointColumn? column) => ByKey.TryGetValue(key, out column);
}
