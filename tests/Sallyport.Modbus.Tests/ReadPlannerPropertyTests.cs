using System.Collections.Immutable;
using CsCheck;

namespace Sallyport.Modbus.Tests;

public sealed class ReadPlannerPropertyTests
{
    [Fact]
    public void Every_point_is_covered_exactly_once_by_a_request_within_the_limits() =>
        AnyPlan.Of(0, 300).Sample(any =>
            AssertCovers(ReadPlanner.Plan(any.Points, any.Limits), any.Points, Enumerable.Range(0, any.Points.Length), any.Limits), iter: 300);

    [Fact]
    public void No_plan_is_dearer_than_the_greedy_one_or_one_request_per_value() =>
        AnyPlan.Of(0, 300).Sample(any =>
        {
            var map = new ReadMap(any.Points, any.Limits);
            long cost = CostOf(map.Plan(), any.Limits);
            Assert.True(cost <= CostOf(Greedy(map, any.Limits), any.Limits));
            Assert.True(cost <= CostOf([.. Enumerable.Range(0, map.Blocks.Length).Select(i => map.Request(i))], any.Limits));
        });

    [Fact]
    public void The_order_of_the_points_does_not_change_the_requests() =>
        AnyPlan.Of(0, 100).Sample(any => Assert.Equal(
            ReadPlanner.Plan(any.Points, any.Limits).Select(read => read.Request.ToString()),
            ReadPlanner.Plan([.. any.Points.Reverse()], any.Limits).Select(read => read.Request.ToString())));

    // facts 6.12
    [Fact]
    public void A_divided_request_still_covers_its_points_and_gets_smaller_until_nothing_is_left_to_divide() =>
        AnyPlan.Of(1, 100).Sample(any =>
        {
            var map = new ReadMap(any.Points, any.Limits);
            bool[] passed = new bool[map.Blocks.Length];
            var queue = new Queue<PlannedRead>(map.Plan());
            while (queue.TryDequeue(out PlannedRead? read))
            {
                ImmutableArray<PlannedRead> parts = map.Divide(read, passed);
                Assert.True(parts.Length >= 2 || read.Blocks.Length == 1);
                if (parts.Length > 0)
                {
                    AssertCovers(parts, any.Points, read.Points.Select(point => point.Index), any.Limits);
                    Assert.All(parts, part => Assert.True(part.Blocks.Length < read.Blocks.Length));
                }

                foreach (PlannedRead part in parts)
                {
                    queue.Enqueue(part);
                }
            }
        });

    [Fact]
    public void A_plan_around_what_a_device_refuses_covers_the_rest_and_never_reads_across() =>
        Gen.Select(AnyPlan.Of(1, 100), Gen.Bool.Array[100], Gen.Bool.Array[100]).Sample((any, cutHere, leaveOut) =>
        {
            var map = new ReadMap(any.Points, any.Limits);
            bool[] cuts = [.. cutHere.Take(map.Blocks.Length)];
            bool[] isLeftOut = [.. leaveOut.Take(map.Blocks.Length)];
            ImmutableArray<PlannedRead> reads = map.Plan(cuts, isLeftOut);
            int[] asked = [.. Enumerable.Range(0, map.Blocks.Length).Where(block => !isLeftOut[block])];
            Assert.Equal(asked, reads.SelectMany(read => read.Blocks));
            AssertCovers(reads, any.Points, asked.SelectMany(block => map.Blocks[block].Points), any.Limits);
            Assert.All(reads, read => Assert.DoesNotContain(read.Blocks.Skip(1), block => cuts[block]));
        });

    private static void AssertCovers(
        ImmutableArray<PlannedRead> reads, PointAddress[] points, IEnumerable<int> wanted, ReadLimits limits)
    {
        Assert.Equal(wanted.Order(), reads.SelectMany(read => read.Points).Select(point => point.Index).Order());
        foreach (PlannedRead read in reads)
        {
            ReadRequest request = read.Request;
            Assert.InRange(request.Quantity, 1, limits.MaxQuantity(request.Table));
            Assert.True(request.Address + request.Quantity <= ReadRequest.AddressSpace);
            Assert.False(limits.Holes.Touch(request.Table, request.Address, request.Address + request.Quantity));
            Assert.True(request.Table.HoldsBits ? !limits.BitsFromZero || request.Address == 0 : request.Address % limits.Align == 0);
            Assert.Equal(read.Points.OrderBy(point => point.Offset), read.Points);
            foreach (PlannedPoint planned in read.Points)
            {
                PointAddress point = points[planned.Index];
                Assert.Same(request.Table, point.Table);
                Assert.Equal(point.Address, request.Address + planned.Offset);
                Assert.True(planned.Offset + point.Width <= request.Quantity);
            }
        }

        // facts 6.14
        Assert.All(
            reads.SelectMany(read => read.Points, (read, point) => (read, Point: points[point.Index])).Where(found => found.Point.Atomic is not null)
                .GroupBy(found => (found.Point.Table, found.Point.Atomic)),
            group => Assert.Single(group.Select(found => found.read).Distinct()));
    }

    // Joins a block to the request before whenever that is allowed and the gap is cheaper than a request.
    private static ImmutableArray<PlannedRead> Greedy(ReadMap map, ReadLimits limits)
    {
        var reads = new List<List<int>>();
        int start = 0;
        int end = 0;
        for (int i = 0; i < map.Blocks.Length; i++)
        {
            ReadBlock block = map.Blocks[i];
            int newEnd = Math.Max(end, block.End);
            bool joins = i > 0
                && limits.Coalesce
                && ReferenceEquals(map.Blocks[i - 1].Table, block.Table)
                && newEnd - start <= limits.MaxQuantity(block.Table)
                && block.Start - end <= (limits.MaxGap ?? int.MaxValue)
                && !limits.Holes.Touch(block.Table, end, block.Start)
                && limits.CostOf(block.Table, newEnd - start)
                    <= limits.CostOf(block.Table, end - start) + limits.CostOf(block.Table, block.End - limits.StartFor(block.Table, block.Start));
            if (joins)
            {
                reads[^1].Add(i);
                end = newEnd;
            }
            else
            {
                reads.Add([i]);
                (start, end) = (limits.StartFor(block.Table, block.Start), block.End);
            }
        }

        return [.. reads.Select(blocks => map.Request([.. blocks]))];
    }

    private static long CostOf(ImmutableArray<PlannedRead> reads, ReadLimits limits) =>
        reads.Sum(read => limits.CostOf(read.Request.Table, read.Request.Quantity));
}
