using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

public sealed class ChangeReportTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly ReportPlan OnChange = new() { IsOnChange = true };

    [Fact]
    public void Every_poll_is_a_key_frame_unless_changes_are_asked_for() =>
        Assert.Equal("Key 1 1, Key 1 1, Key 2 1", Run(ReportPlan.EveryPoll, [1, 1], [1, 1], [2, 1]));

    [Fact]
    public void After_the_first_frame_only_what_changed_is_reported() =>
        Assert.Equal("Key 1 1, -, Delta _ 2, -, Delta 3 3", Run(OnChange, [1, 1], [1, 1], [1, 2], [1, 2], [3, 3]));

    [Fact]
    public void A_change_is_measured_from_what_was_last_reported_so_that_a_drift_is_not_lost()
    {
        ChangeReport report = Create(OnChange, new Deadband(2));
        Assert.Equal("Key 10, -, -, Delta 13, -", Run(report, [10], [11], [12], [13], [11]));
    }

    [Fact]
    public void A_heartbeat_says_that_nothing_changed() =>
        Assert.Equal(
            "Key 1, -, Heartbeat , -, Heartbeat , Delta 2, -, Heartbeat ",
            Run(OnChange with { Heartbeat = Interval * 2 }, [1], [1], [1], [1], [1], [2], [2], [2]));

    [Fact]
    public void Key_frames_come_at_least_as_often_as_asked_for() =>
        Assert.Equal("Key 1, -, Key 1, -, Key 1", Run(OnChange with { KeyFrame = Interval * 2.7 }, [1], [1], [1], [1], [1]));

    // facts 2.22
    [Fact]
    public void Changes_are_held_back_for_a_while_and_then_only_reported_if_they_still_are() =>
        Assert.Equal("Key 1, -, -, -, -, Delta 4", Run(OnChange with { MinReport = Interval * 3 }, [1], [2], [3], [1], [1], [4]));

    [Fact]
    public void A_device_that_is_back_is_reported_in_full_and_one_that_falls_silent_at_once()
    {
        ChangeReport report = Create(OnChange with { MinReport = Interval * 100 }, default);
        Assert.Equal("Key 1", Look(report, [Good(1)], 0));
        Assert.Equal("Delta BadTimeout", Look(report, [Bad()], 1, isSilent: true));
        Assert.Equal("-", Look(report, [Bad()], 2, isSilent: true));
        Assert.Equal("Key 1", Look(report, [Good(1)], 3));
    }

    [Fact]
    public void A_change_of_status_is_a_change()
    {
        ChangeReport report = Create(OnChange, new Deadband(1000));
        Assert.Equal("Key 1", Look(report, [Good(1)], 0));
        Assert.Equal("Delta BadTimeout", Look(report, [Bad()], 1));
        Assert.Equal("-", Look(report, [Bad()], 2));
        Assert.Equal("Delta 2", Look(report, [Good(2)], 3));
    }

    [Fact]
    public void A_new_plan_is_begun_with_all_points()
    {
        ChangeReport report = Create(OnChange, default);
        Look(report, [Good(1)], 0);
        report.RequireKey();
        Assert.Equal("Key 1", Look(report, [Good(1)], 1));
    }

    [Fact]
    public void Whoever_listens_knows_every_value_within_its_deadband_after_every_poll() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[1, 5].Array[3].Array[1, 60]).Sample((deadband, keyEvery, polls) =>
        {
            ReportPlan plan = OnChange with { KeyFrame = keyEvery > 0 ? Interval * keyEvery : null };
            ChangeReport report = Create(plan, new Deadband(deadband), 3);
            long[] told = [0, 0, 0];
            for (int at = 0; at < polls.Length; at++)
            {
                Point[] points = [.. polls[at].Select((value, index) => Good(value, index))];
                long[] model = Model(told, polls[at], deadband, at == 0 || (keyEvery > 0 && at % keyEvery == 0));
                if (report.TrySelect(points, Interval * at, isSilent: false, out _, out ReadOnlySpan<Point> selected))
                {
                    foreach (Point point in selected)
                    {
                        told[point.Name[0] - '0'] = point.Value!.Value.AsInt64();
                    }
                }

                Assert.Equal(model, told);
                Assert.All(polls[at].Zip(told), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= deadband));
            }
        });

    private static long[] Model(long[] told, int[] now, int deadband, bool isKey) =>
        [.. told.Zip(now, (before, value) => isKey || Math.Abs(value - before) > deadband ? value : before)];

    private static ChangeReport Create(ReportPlan plan, Deadband deadband, int points = 1) =>
        new(plan, Interval, [.. Enumerable.Repeat(deadband, points)]);

    private static string Run(ReportPlan plan, params int[][] polls) => Run(Create(plan, default, polls[0].Length), polls);

    private static string Run(ChangeReport report, params int[][] polls) =>
        string.Join(", ", polls.Select((values, at) => Look(report, [.. values.Select((value, index) => Good(value, index))], at)));

    private static string Look(ChangeReport report, Point[] points, int at, bool isSilent = false)
    {
        if (!report.TrySelect(points, Interval * at, isSilent, out FrameKind kind, out ReadOnlySpan<Point> selected))
        {
            return "-";
        }

        ImmutableArray<Point> told = [.. selected];
        IEnumerable<string> words = told.IsEmpty ? [] : points.Select(point =>
            told.Contains(point) ? point.Value?.ToString() ?? point.Status.Symbol : "_");
        return $"{kind} {string.Join(' ', words)}";
    }

    private static Point Good(int value, int index = 0) =>
        Point.Good(index.ToString(CultureInfo.InvariantCulture), PointValue.FromInt64(value));

    private static Point Bad() => Point.Bad("0", StatusCode.BadTimeout, "timeout");
}
