using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sallyport.Modbus;

/// <summary>The least that can be asked for: one value, or the values of an atomic group.</summary>
/// <param name="Table">The table.</param>
/// <param name="Start">The first address.</param>
/// <param name="End">The first address behind it.</param>
/// <param name="Points">Positions in the list that was planned.</param>
/// <remarks>A plan of 100,000 points has as many of these: no object for each.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReadBlock(ModbusTable Table, int Start, int End, ImmutableArray<int> Points)
{
    /// <summary>The blocks of a list of points, ordered by table and address.</summary>
    internal static ImmutableArray<ReadBlock> Of(IReadOnlyList<PointAddress> points)
    {
        var blocks = new List<ReadBlock>(points.Count);
        var groups = new Dictionary<(ModbusTable Table, string Atomic), List<int>>();
        for (int i = 0; i < points.Count; i++)
        {
            PointAddress point = points[i];
            if (point.Atomic is null)
            {
                blocks.Add(new ReadBlock(point.Table, point.Address, point.Address + point.Width, [i]));
            }
            else if (groups.TryGetValue((point.Table, point.Atomic), out List<int>? group))
            {
                group.Add(i);
            }
            else
            {
                groups.Add((point.Table, point.Atomic), [i]);
            }
        }

        blocks.AddRange(groups.Select(group => new ReadBlock(
            group.Key.Table,
            group.Value.Min(i => points[i].Address),
            group.Value.Max(i => points[i].Address + points[i].Width),
            [.. group.Value])));
        blocks.Sort(Compare);
        return [.. blocks];
    }

    // Of two that begin together the longer is first, so that it covers the other; the position makes the order complete.
    private static int Compare(ReadBlock left, ReadBlock right)
    {
        int byTable = left.Table.FunctionCode.CompareTo(right.Table.FunctionCode);
        int byStart = byTable != 0 ? byTable : left.Start.CompareTo(right.Start);
        int byEnd = byStart != 0 ? byStart : right.End.CompareTo(left.End);
        return byEnd != 0 ? byEnd : left.Points[0].CompareTo(right.Points[0]);
    }
}
