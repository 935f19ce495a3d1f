using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

/// <summary>What a value costs on its way to the outbox: at 100,000 values a second every byte counts.</summary>
public sealed class AllocationTests
{
    private const int PointCount = 1_000;
    private const int Rounds = 50;

    private static readonly string[] Names =
        [.. Enumerable.Range(0, PointCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i:000}"))];

    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    [Fact]
    public void A_value_takes_at_most_112_bytes_from_reading_to_the_outbox()
    {
        using var meters = new TestMeters();
        var outbox = new Outbox("telemetry", capacityInBytes: 8 * 1024 * 1024, new AcquisitionMetrics(meters));
        FrameSequence frames = new FrameAssembler("01JD3S00000000000000000000").SequenceOf("chiller-1", "modbus-tcp", "fast");
        ChangeReport report = Report(ReportPlan.EveryPoll);
        long bytes = Measure(round =>
        {
            report.TrySelect(Points(round).AsSpan(), TimeSpan.FromSeconds(round), isSilent: false, out FrameKind kind, out ReadOnlySpan<Point> selected);
            foreach (OutboxEntry entry in frames.Assemble(kind, At, selected, "cafe"))
            {
                outbox.Add(entry);
            }

            while (outbox.TryTake(out _))
            {
                // On its way.
            }
        });

        // 64 for the point, 8 for its place in the poll, about 25 of JSON, and its part of the message.
        Assert.InRange(bytes / (double)(Rounds * PointCount), 60, 112);
    }

    [Fact]
    public void A_value_that_did_not_change_takes_no_memory()
    {
        ChangeReport report = Report(new ReportPlan { IsOnChange = true });
        ImmutableArray<Point> points = Points(round: 1);
        Assert.Equal(0, Measure(round => report.TrySelect(points.AsSpan(), TimeSpan.FromSeconds(round), isSilent: false, out _, out _)));
    }

    private static ChangeReport Report(ReportPlan plan) => new(plan, TimeSpan.FromSeconds(1), [.. Enumerable.Repeat(new Deadband(0.5), PointCount)]);

    private static ImmutableArray<Point> Points(int round)
    {
        var points = ImmutableArray.CreateBuilder<Point>(PointCount);
        for (int i = 0; i < PointCount; i++)
        {
            points.Add(Point.Good(Names[i], PointValue.FromSingle((i * 0.25f) + round)));
        }

        return points.MoveToImmutable();
    }

    private static long Measure(Action<int> poll)
    {
        poll(0);
        poll(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            poll(round + 2);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
