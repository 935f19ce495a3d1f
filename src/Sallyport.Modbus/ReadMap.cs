using System.Collections.Immutable;

namespace Sallyport.Modbus;

/// <summary>The points of one poll in the order of their addresses, from which requests are made: as planned, around what a device refuses, or divided.</summary>
/// <remarks>Between two neighbouring blocks there may be a cut, which no request spans. Holes, tables and gaps that are too wide are cuts from the start;
/// what a device teaches comes as further ones.</remarks>
public sealed class ReadMap
{
    private readonly IReadOnlyList<PointAddress> _points;
    private readonly ReadLimits _limits;
    private readonly bool[] _isCut;

    /// <summary>Orders the points.</summary>
    /// <param name="points">Where they lie; the limits allow each to be read.</param>
    /// <param name="limits">How the device lets itself be read.</param>
    public ReadMap(IReadOnlyList<PointAddress> points, ReadLimits limits)
    {
        (_points, _limits) = (points, limits);
        Blocks = ReadBlock.Of(points);
        _isCut = new bool[Blocks.Length];
        int end = 0;
        for (int i = 0; i < _isCut.Length; i++)
        {
            ReadBlock block = Blocks[i];
            _isCut[i] = i == 0
                || !ReferenceEquals(block.Table, Blocks[i - 1].Table)
                || !limits.Coalesce
                || block.Start - end > (limits.MaxGap ?? int.MaxValue)
                || limits.Holes.Touch(block.Table, end, block.Start);
            end = _isCut[i] ? block.End : Math.Max(end, block.End);
        }
    }

    /// <summary>The least that can be asked for, by table and address.</summary>
    public ImmutableArray<ReadBlock> Blocks { get; }

    /// <summary>The cheapest set of requests for all blocks.</summary>
    public ImmutableArray<PlannedRead> Plan() => Plan(cuts: [], isLeftOut: []);

    /// <summary>The cheapest set of requests around what a device refuses.</summary>
    /// <param name="cuts">Per block, whether no request may span from before it to it; empty if there are none.</param>
    /// <param name="isLeftOut">Per block, whether it is not asked for; its addresses are not read along either. Empty if there are none.</param>
    public ImmutableArray<PlannedRead> Plan(ReadOnlySpan<bool> cuts, ReadOnlySpan<bool> isLeftOut)
    {
        var reads = ImmutableArray.CreateBuilder<PlannedRead>();
        var partition = new ReadPartition(Blocks, _limits);
        int end = 0;
        bool isCut = false;
        for (int i = 0; i < Blocks.Length; i++)
        {
            isCut |= _isCut[i] || (!cuts.IsEmpty && cuts[i]);
            if (!isLeftOut.IsEmpty && isLeftOut[i])
            {
                // What another block covers is read with that one.
                isCut |= Blocks[i].End > end;
                continue;
            }

            if (isCut)
            {
                partition.Complete(this, reads);
                (isCut, end) = (false, 0);
            }

            end = Math.Max(end, Blocks[i].End);
            partition.Add(i);
        }

        partition.Complete(this, reads);
        return reads.DrainToImmutable();
    }

    /// <summary>Divides a request that the device refused: first without the gaps it bridges, then by halves.</summary>
    /// <param name="read">A request of this map.</param>
    /// <param name="passed">Per block, whether the device is known to let the gap before it pass.</param>
    /// <returns>At least two requests for the same blocks, or none if there is nothing left to divide.</returns>
    public ImmutableArray<PlannedRead> Divide(PlannedRead read, ReadOnlySpan<bool> passed)
    {
        ReadOnlySpan<int> blocks = read.Blocks.AsSpan();
        var parts = ImmutableArray.CreateBuilder<PlannedRead>();
        int first = 0;
        int end = Blocks[blocks[0]].End;
        for (int i = 1; i < blocks.Length; i++)
        {
            ReadBlock block = Blocks[blocks[i]];
            if (block.Start > end && !passed[blocks[i]])
            {
                parts.Add(Request(blocks[first..i]));
                first = i;
            }

            end = Math.Max(end, block.End);
        }

        if (first > 0)
        {
            parts.Add(Request(blocks[first..]));
            return parts.DrainToImmutable();
        }

        return blocks.Length == 1 ? [] : DivideAt(read, blocks.Length / 2);
    }

    /// <summary>Divides a request in two.</summary>
    /// <param name="read">A request of this map.</param>
    /// <param name="position">Which of its blocks begins the second part, at least 1.</param>
    public ImmutableArray<PlannedRead> DivideAt(PlannedRead read, int position) =>
        [Request(read.Blocks.AsSpan()[..position]), Request(read.Blocks.AsSpan()[position..])];

    /// <summary>The request for some blocks of one table, in their order.</summary>
    public PlannedRead Request(params ReadOnlySpan<int> blocks)
    {
        ModbusTable table = Blocks[blocks[0]].Table;
        int start = _limits.StartFor(table, Blocks[blocks[0]].Start);
        int end = 0;
        int count = 0;
        foreach (int block in blocks)
        {
            end = Math.Max(end, Blocks[block].End);
            count += Blocks[block].Points.Length;
        }

        var points = ImmutableArray.CreateBuilder<PlannedPoint>(count);
        foreach (int block in blocks)
        {
            foreach (int point in Blocks[block].Points)
            {
                points.Add(new PlannedPoint(point, _points[point].Address - start));
            }
        }

        points.Sort((left, right) => left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : left.Index.CompareTo(right.Index));
        return new PlannedRead(new ReadRequest(table, start, end - start), points.MoveToImmutable(), [.. blocks]);
    }
}
