using Sallyport.Simulator.Check;
using Sallyport.Telemetry;
using static Sallyport.Simulator.Tests.Check.Pages;

namespace Sallyport.Simulator.Tests.Check;

public sealed class DeliveryCheckTests
{
    private readonly Pages _pages = new();

    [Fact]
    public void Everything_once_and_in_order_passes()
    {
        var report = Judge(Served(4), _pages.Page(Frame(0, 101), Frame(1, 102)), _pages.Page(Frame(2, 103), Frame(3, 104)));
        Assert.True(report.Passed);
        Assert.Equal((4, 4, 4, 8, 2), (report.ValuesServed, report.ValuesArrived, report.FramesArrived, report.PointsArrived, report.PagesArrived));
        Assert.Equal(0, report.Lost + report.BadReads + report.Unexplained + report.Duplicates + report.OutOfOrder + report.Redelivered + report.Malformed);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Nothing_served_does_not_pass() => Assert.False(Judge(Served(0), _pages.Page(Frame(0, null))).Passed);

    [Fact]
    public void A_device_without_a_list_passes_when_frames_arrived()
    {
        var check = new DeliveryCheck([], isPlantOurs: false);
        Assert.False(check.Judge([]).Passed);
        check.Accept(_pages.Page(Frame(0, null)));
        Assert.True(check.Judge([]).Passed);
    }

    [Fact]
    public void A_value_that_never_arrived_is_unexplained()
    {
        var report = Judge(Served(3), _pages.Page(Frame(0, 101), Frame(1, 103)));
        Assert.Equal((false, 1, 2), (report.Passed, report.Unexplained, report.ValuesArrived));
        Assert.Contains("missing without a reason", Assert.Single(report.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_missing_at_the_end_is_unexplained() => Assert.Equal(1, Judge(Served(3), _pages.Page(Frame(0, 101), Frame(1, 102))).Unexplained);

    [Fact]
    public void A_value_missing_at_the_start_is_unexplained() => Assert.Equal(1, Judge(Served(2), _pages.Page(Frame(0, 102))).Unexplained);

    [Fact]
    public void A_bad_point_in_its_place_accounts_for_a_missing_value()
    {
        var report = Judge(Served(3), _pages.Page(Frame(0, 101), Frame(1, null), Frame(2, 103)));
        Assert.Equal((true, 1, 0, 2), (report.Passed, report.BadReads, report.Unexplained, report.ValuesArrived));
    }

    [Fact]
    public void A_bad_point_accounts_for_one_value_only()
    {
        var report = Judge(Served(4), _pages.Page(Frame(0, 101), Frame(1, null), Frame(2, 104)));
        Assert.Equal((false, 1, 1), (report.Passed, report.BadReads, report.Unexplained));
    }

    [Fact]
    public void A_bad_point_elsewhere_accounts_for_nothing() =>
        Assert.Equal(1, Judge(Served(3), _pages.Page(Frame(0, null), Frame(1, 101), Frame(2, 103))).Unexplained);

    [Fact]
    public void The_same_message_again_is_a_redelivery_and_nothing_else()
    {
        var page = _pages.Page(Frame(0, 101), Frame(1, 102));
        var report = Judge(Served(2), page, page with { At = page.At.AddSeconds(9) });
        Assert.Equal((true, 1, 0, 2), (report.Passed, report.Redelivered, report.Duplicates, report.FramesArrived));
    }

    [Fact]
    public void The_same_message_id_with_another_body_fails()
    {
        var page = Of(0, 0, 0, Frame(0, 101));
        Assert.Equal((false, 1), Verdict(Judge(Served(1), page, Of(0, 0, 0, Frame(0, 102))), report => report.Malformed));
    }

    [Fact]
    public void The_same_page_under_another_message_id_is_a_duplicate()
    {
        var page = _pages.Page(Frame(0, 101));
        var again = page with { Message = page.Message with { MessageId = "another" } };
        Assert.Equal((false, 1), Verdict(Judge(Served(1), page, again), report => report.Duplicates));
    }

    [Fact]
    public void The_same_frame_in_two_pages_is_a_duplicate() =>
        Assert.Equal((false, 1), Verdict(Judge(Served(1), _pages.Page(Frame(0, 101)), _pages.Page(Frame(0, 101))), report => report.Duplicates));

    [Fact]
    public void The_same_value_in_two_frames_is_a_duplicate() =>
        Assert.Equal((false, 1), Verdict(Judge(Served(1), _pages.Page(Frame(0, 101), Frame(1, 101))), report => report.Duplicates));

    [Fact]
    public void Frames_in_another_order_are_out_of_order() =>
        Assert.Equal((false, 1), Verdict(Judge(Served(2), _pages.Page(Frame(1, 102), Frame(0, 101))), report => report.OutOfOrder));

    [Fact]
    public void Values_in_another_order_are_out_of_order_and_not_missing()
    {
        var report = Judge(Served(3), _pages.Page(Frame(0, 102), Frame(1, 101), Frame(2, 103)));
        Assert.Equal((false, 1, 0, 3), (report.Passed, report.OutOfOrder, report.Unexplained, report.ValuesArrived));
    }

    [Fact]
    public void Pages_that_arrive_late_are_put_in_their_place_and_counted()
    {
        var (first, second) = (_pages.Page(Frame(0, 101)), _pages.Page(Frame(1, 102)));
        Assert.Equal((true, 1), Verdict(Judge(Served(2), second, first), report => report.ReorderedPages));
    }

    [Fact]
    public void A_value_that_the_plant_never_gave_out_fails() =>
        Assert.Equal((false, 1), Verdict(Judge(Served(1), _pages.Page(Frame(0, 101), Frame(1, 999))), report => report.Malformed));

    [Fact]
    public void Values_that_no_point_of_the_deployment_reads_are_unexplained()
    {
        var check = new DeliveryCheck([]);
        Assert.Equal(2, check.Judge(Served(2)).Unexplained);
    }

    [Fact]
    public void Two_sessions_follow_each_other()
    {
        var report = Judge(
            Served(4),
            _pages.Page(Frame(0, 101), Frame(1, 102), Frame(0, 103, "01JD3S0000000000000000000B"), Frame(1, 104, "01JD3S0000000000000000000B")));
        Assert.True(report.Passed);
    }

    [Fact]
    public void Two_sessions_that_mix_are_out_of_order()
    {
        var report = Judge(
            Served(3),
            _pages.Page(Frame(0, 101), Frame(0, 102, "01JD3S0000000000000000000B"), Frame(1, 103)));
        Assert.False(report.Passed);
        Assert.NotEqual(0, report.OutOfOrder);
    }

    [Fact]
    public void A_message_without_a_ring_is_judged_as_well()
    {
        FrameReader.TryRead(Frame(0, 101), out var frame);
        var report = Judge(Served(1), new Arrival(TelemetryMessage.Of(frame!, "cfg"), Noon));
        Assert.Equal((true, 1, 1), (report.Passed, report.ValuesArrived, report.PagesArrived));
    }

    [Fact]
    public void Latency_is_from_the_time_stamp_to_the_arrival()
    {
        // Frames are stamped at noon and one second after, the page arrives at noon and 60 s.
        var report = Judge(Served(2), _pages.Page(Frame(0, 101), Frame(1, 102)));
        Assert.Equal((60_000, 59_000, 60_000, 2.0), (report.MaxLatencyMs, report.P50LatencyMs, report.P99LatencyMs, report.FramesPerSecond));
    }

    [Fact]
    public void The_summary_is_one_line_of_JSON_with_the_promised_names()
    {
        var line = CheckReportJson.Write(Judge(Served(1), _pages.Page(Frame(0, 101))));
        Assert.DoesNotContain('\n', line);
        Assert.All(
            ["\"passed\":true", "\"valuesServed\":1", "\"valuesArrived\":1", "\"framesArrived\":1", "\"lost\":0", "\"unexplained\":0",
                "\"duplicates\":0", "\"outOfOrder\":0", "\"redelivered\":0", "\"maxLatencyMs\":60000", "\"p50LatencyMs\":60000", "\"p99LatencyMs\":60000"],
            part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private static CheckReport Judge(IReadOnlyList<Simulator.Plant.ServedValue> served, params ReadOnlySpan<Arrival> arrivals)
    {
        var check = new DeliveryCheck([Unique]);
        foreach (var arrival in arrivals)
        {
            check.Accept(arrival);
        }

        return check.Judge(served);
    }

    private static (bool Passed, long Count) Verdict(CheckReport report, Func<CheckReport, long> count) => (report.Passed, count(report));
}
