using Sallyport.Simulator.Check;
using Sallyport.Telemetry;
using static Sallyport.Simulator.Tests.Check.Pages;

namespace Sallyport.Simulator.Tests.Check;

public sealed class GapTests
{
    private readonly Pages _pages = new();

    [Fact]
    public void A_gap_of_the_ring_accounts_for_the_values_of_the_evicted_frames()
    {
        var report = Judge(
            5,
            _pages.Page(Frame(0, 101)),
            _pages.Skip(1, 3).Page(RingGap(GapReason.Evicted, 1, 3, 3), Frame(4, 105)));
        Assert.Equal((true, 3, 0, 2), (report.Passed, report.Lost, report.Unexplained, report.ValuesArrived));
    }

    [Fact]
    public void A_gap_of_the_reader_accounts_for_the_values_of_the_dropped_frames()
    {
        var report = Judge(5, _pages.Page(Frame(0, 101), ReaderGap(1, 2, 2), Frame(3, 104), Frame(4, 105)));
        Assert.Equal((true, 2, 0), (report.Passed, report.Lost, report.UnexplainedFrames));
    }

    [Fact]
    public void A_gap_of_the_reader_at_the_end_accounts_for_values_that_nothing_follows() =>
        Assert.Equal((true, 2), Verdict(Judge(3, _pages.Page(Frame(0, 101), ReaderGap(1, 2, 2))), report => report.Lost));

    [Fact]
    public void A_hole_in_the_frames_without_a_gap_record_fails()
    {
        var report = Judge(3, _pages.Page(Frame(0, 101), Frame(2, 103)));
        Assert.Equal((false, 1, 1), (report.Passed, report.Unexplained, report.UnexplainedFrames));
    }

    [Fact]
    public void A_hole_in_the_records_without_a_gap_record_fails()
    {
        var report = Judge(3, _pages.Page(Frame(0, 101)), _pages.Skip(1, 1).Page(Frame(2, 103)));
        Assert.Equal((false, 1, 1), (report.Passed, report.UnexplainedRecords, report.UnexplainedFrames));
    }

    [Fact]
    public void A_missing_page_whose_records_are_not_missing_fails() =>
        Assert.Equal((false, 1), Verdict(Judge(2, _pages.Page(Frame(0, 101)), _pages.Skip(1, 0).Page(Frame(1, 102))), report => report.UnexplainedRecords));

    [Fact]
    public void A_gap_that_counts_too_few_fails()
    {
        var report = Judge(4, _pages.Page(Frame(0, 101)), _pages.Skip(1, 2).Page(RingGap(GapReason.Evicted, 1, 2, 1), Frame(3, 104)));
        Assert.Equal((false, 1), (report.Passed, report.Malformed));
        Assert.Equal(1, report.UnexplainedFrames);
    }

    [Fact]
    public void A_gap_over_records_that_arrived_is_forged()
    {
        var report = Judge(3, _pages.Page(Frame(0, 101), Frame(1, 102)), _pages.Page(RingGap(GapReason.Evicted, 0, 1, 2), Frame(2, 103)));
        Assert.Equal((false, 1), (report.Passed, report.Malformed));
    }

    [Fact]
    public void A_gap_over_records_that_nobody_confirmed_may_turn_out_to_have_arrived()
    {
        var report = Judge(3, _pages.Page(Frame(0, 101), Frame(1, 102)), _pages.Page(RingGap(GapReason.Unconfirmed, 0, 1, 2), Frame(2, 103)));
        Assert.Equal((true, 0, 3), (report.Passed, report.Lost, report.ValuesArrived));
    }

    [Fact]
    public void A_gap_elsewhere_in_the_stream_accounts_for_nothing()
    {
        // Records 1 and 2 were evicted between frames 0 and 3. That does not excuse the missing frame 5.
        var report = Judge(
            7,
            _pages.Page(Frame(0, 101)),
            _pages.Skip(1, 2).Page(RingGap(GapReason.Evicted, 1, 2, 2), Frame(1, 102), Frame(2, 103), Frame(3, 104), Frame(5, 106), Frame(6, 107)));
        Assert.Equal((false, 1, 1), (report.Passed, report.Unexplained, report.UnexplainedFrames));
    }

    [Fact]
    public void A_gap_is_used_up_by_the_frames_that_it_accounts_for()
    {
        // One record was evicted, and both devices miss a frame there.
        var report = Judge(
            3,
            _pages.Page(Frame(0, 101), Frame(0, null, source: "other")),
            _pages.Skip(1, 1).Page(RingGap(GapReason.Evicted, 2, 2, 1), Frame(2, 103), Frame(2, null, source: "other")));
        Assert.Equal((false, 1), (report.Passed, report.UnexplainedFrames));
    }

    [Fact]
    public void The_count_of_lost_records_must_agree_with_the_gap_records() =>
        Assert.Equal((false, 1), Verdict(Judge(1, Of(0, 0, 7, Frame(0, 101))), report => report.Malformed));

    private static CheckReport Judge(int served, params ReadOnlySpan<Arrival> arrivals)
    {
        var check = new DeliveryCheck([Unique]);
        foreach (var arrival in arrivals)
        {
            check.Accept(arrival);
        }

        return check.Judge(Served(served));
    }

    private static (bool Passed, long Count) Verdict(CheckReport report, Func<CheckReport, long> count) => (report.Passed, count(report));
}
