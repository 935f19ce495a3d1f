using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sallyport.Modbus;

/// <summary>Finds the cheapest requests for neighbouring blocks that nothing keeps apart but the caps. A dynamic programme from the last block to the first.</summary>
internal sealed class ReadPartition(ImmutableArray<ReadBlock> blocks, ReadLimits limits)
{
    private readonly List<int> _members = [];

    // Blocks that lie inside the one before cost nothing there, so they stay with it: a run is the position of a block that does not, and its end.
    private readonly List<(int Position, int Start, int End)> _runs = [];
    private long[] _cost = [];
    private long[] _ways = [];
    private int[] _window = [];
    private int[] _next = [];

    /// <summary>Adds the next block in the order of the map.</summary>
    public void Add(int block)
    {
        ReadBlock added = blocks[block];
        if (_runs.Count == 0 || added.End > _runs[^1].End)
        {
            _runs.Add((_members.Count, added.Start, added.End));
        }

        _members.Add(block);
    }

    /// <summary>Makes the requests for what was added, and begins anew.</summary>
    public void Complete(ReadMap map, ImmutableArray<PlannedRead>.Builder reads)
    {
        if (_runs.Count == 0)
        {
            return;
        }

        Solve(blocks[_members[0]].Table);
        ReadOnlySpan<int> members = CollectionsMarshal.AsSpan(_members);
        for (int run = 0; run < _runs.Count; run = _next[run])
        {
            int end = _next[run] < _runs.Count ? _runs[_next[run]].Position : members.Length;
            reads.Add(map.Request(members[_runs[run].Position..end]));
        }

        _members.Clear();
        _runs.Clear();
    }

    // Of equally cheap ways the one with the fullest first request is taken, so that the plan does not depend on anything else.
    private void Solve(ModbusTable table)
    {
        int count = _runs.Count;
        if (_cost.Length <= count)
        {
            (_cost, _ways, _window, _next) = (new long[count + 1], new long[count], new int[count], new int[count]);
        }

        // What a request costs is linear in where it ends, so the best end of one that begins at a run does not depend on the run, only on how far the cap
        // lets it reach. The window holds the ends that can still be the best one, the farthest and cheapest at its head.
        int cap = limits.MaxQuantity(table);
        int head = 0;
        int tail = 0;
        _cost[count] = 0;
        for (int first = count - 1; first >= 0; first--)
        {
            int start = limits.StartFor(table, _runs[first].Start);
            _ways[first] = limits.CostOf(table, _runs[first].End) + _cost[first + 1];
            while (tail > head && _ways[_window[tail - 1]] > _ways[first])
            {
                tail--;
            }

            _window[tail++] = first;
            while (_runs[_window[head]].End - start > cap && tail - head > 1)
            {
                head++;
            }

            int last = _window[head];
            _next[first] = last + 1;
            _cost[first] = _ways[last] - limits.CostOf(table, start) + limits.CostOf(table, quantity: 0);
        }
    }
}
