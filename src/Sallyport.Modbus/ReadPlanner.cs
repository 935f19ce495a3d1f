using System.Collections.Immutable;

namespace Sallyport.Modbus;

/// <summary>Turns a list of points into few requests.</summary>
/// <remarks>Addresses that touch, overlap or lie near each other share a request, up to the limits. A value is never split across two
/// requests: its halves could stem from different cycles of the controller.</remarks>
public static class ReadPlanner
{
    /// <summary>Plans the requests for <paramref name="points"/>.</summary>
    /// <returns>Each point in exactly one request; requests ordered by table and address. The same input gives the same plan.</returns>
    public static ImmutableArray<PlannedRead> Plan(IReadOnlyList<PointAddress> points, ReadLimits limits)
    {
        int[] order = new int[points.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => Compare(points, left, right));
        return Merge(points, order, limits);
    }

    /// <summary>Divides a request that the device refused: first without the gaps it bridges, then by halves.</summary>
    /// <param name="read">A request of a plan over <paramref name="points"/>.</param>
    /// <param name="points">The list that was planned.</param>
    /// <param name="limits">The limits it was planned with.</param>
    /// <returns>At least two requests for the same points, or none if there is nothing left to divide.</returns>
    public static ImmutableArray<PlannedRead> Divide(PlannedRead read, IReadOnlyList<PointAddress> points, ReadLimits limits)
    {
        int[] order = new int[read.Points.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = read.Points[i].Index;
        }

        ImmutableArray<PlannedRead> withoutGaps = Merge(points, order, limits.WithoutGaps);
        if (withoutGaps.Length > 1)
        {
            return withoutGaps;
        }

        int half = order.Length / 2;
        return half == 0 ? [] : [.. Merge(points, order.AsSpan(..half), limits), .. Merge(points, order.AsSpan(half..), limits)];
    }

    private static ImmutableArray<PlannedRead> Merge(IReadOnlyList<PointAddress> points, ReadOnlySpan<int> order, ReadLimits limits)
    {
        var reads = ImmutableArray.CreateBuilder<PlannedRead>();
        var members = ImmutableArray.CreateBuilder<PlannedPoint>();
        PointAddress first = default;
        int end = 0;
        foreach (int index in order)
        {
            PointAddress point = points[index];
            int newEnd = Math.Max(end, point.Address + point.Width);
            bool joins = members.Count > 0
                && ReferenceEquals(point.Table, first.Table)
                && point.Address - end <= limits.MaxGap(first.Table)
                && newEnd - first.Address <= limits.MaxQuantity(first.Table);
            if (!joins)
            {
                Close();
                (first, newEnd) = (point, point.Address + point.Width);
            }

            end = newEnd;
            members.Add(new PlannedPoint(index, point.Address - first.Address));
        }

        Close();
        return reads.DrainToImmutable();

        void Close()
        {
            if (members.Count > 0)
            {
                reads.Add(new PlannedRead(new ReadRequest(first.Table, first.Address, end - first.Address), members.DrainToImmutable()));
            }
        }
    }

    private static int Compare(IReadOnlyList<PointAddress> points, int left, int right)
    {
        int byTable = points[left].Table.FunctionCode.CompareTo(points[right].Table.FunctionCode);
        int byAddress = byTable != 0 ? byTable : points[left].Address.CompareTo(points[right].Address);
        return byAddress != 0 ? byAddress : left.CompareTo(right);
    }
}
