using Sallyport.BatchVerification.Content;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Faults;
using static Sallyport.Simulator.Tests.Check.Pages;

namespace Sallyport.Simulator.Tests.Check;

/// <summary>Sealed batches of a real ring, and somebody without a key who is on their way.</summary>
public sealed class SealCheckTests
{
    private readonly Interloper _interloper = new();

    [Fact]
    public async Task Batches_that_nobody_touched_are_proven()
    {
        using SealingRing ring = await SealingRing.OpenAsync();
        CheckReport report = Judge(SealingRing.NewCheck(), 2, ring.Page(Frame(0, 101)), ring.Page(Frame(1, 102)));
        Assert.True(report.Passed, string.Join('\n', report.Findings));
        Assert.Equal((2, 0, 0), (report.PagesProven, report.Forged, report.ContentFindings));
        Assert.Empty(report.Named);
    }

    [Fact]
    public async Task A_forged_batch_is_named_and_does_not_hide_the_genuine_one_with_the_same_message_id()
    {
        CheckReport report = await InjectAsync(new Fault.ForgeBatch());
        Assert.Equal((2, 3, 0), (report.Forged, report.ValuesArrived, report.Malformed));
        Assert.Equal([(PageFault.Forged, 2, 2, 2), (PageFault.Forged, 2, 3, 3)], Named(report));
        Assert.Contains("forged (BadSeal)", report.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_was_taken_away_is_named_by_page_and_records()
    {
        CheckReport report = await InjectAsync(new Fault.DropBatch());
        Assert.Equal((1, 2, 1), (report.MissingPages, report.ValuesArrived, report.Unexplained));
        Assert.Equal([(PageFault.Missing, 2, 2, 2)], Named(report));
    }

    [Fact]
    public async Task A_replayed_batch_is_named_when_it_differs_in_its_message_id_and_otherwise_counted_as_redelivered()
    {
        CheckReport report = await InjectAsync(new Fault.ReplayBatch());
        Assert.Equal((1, 1, 3, 0), (report.Replayed, report.Redelivered, report.ValuesArrived, report.Duplicates));
        Assert.Equal([(PageFault.Replayed, 1, 0, 1)], Named(report));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Injections_pass_only_when_each_was_named_and_nothing_else(bool isAllSeen)
    {
        CheckReport seen = await InjectAsync(new Fault.ForgeBatch());
        Injection[] done = [.. isAllSeen ? _interloper.Done : [.. _interloper.Done, new Injection(new(PageFault.Missing, "other", 1, 1, 0, 3), IsCopy: false)]];
        CheckReport verdict = InjectionVerdict.Of(seen, seen with { Passed = true }, done, waiting: 0);
        Assert.Equal((isAllSeen, done.Length), (verdict.Passed, verdict.Injected));
        Assert.Equal(!isAllSeen, verdict.Findings.Contains("Injected and not named as Missing: page 1, records 0 to 3 of other.", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Injections_fail_when_one_is_named_that_was_not_done_or_had_no_batch_or_the_rest_is_wrong()
    {
        CheckReport seen = await InjectAsync(new Fault.ForgeBatch());
        Injection[] done = [.. _interloper.Done];
        CheckReport good = seen with { Passed = true };
        Assert.False(InjectionVerdict.Of(seen, good, done[..1], waiting: 0).Passed);
        Assert.False(InjectionVerdict.Of(seen, good, done, waiting: 1).Passed);
        Assert.False(InjectionVerdict.Of(seen, seen with { Passed = false }, done, waiting: 0).Passed);
        Assert.False(InjectionVerdict.Of(seen with { Duplicates = 1 }, good, done, waiting: 0).Passed);
        Assert.False(InjectionVerdict.Of(seen with { Unexplained = 1 }, good, done, waiting: 0).Passed);
    }

    [Fact]
    public async Task A_value_that_the_plant_cannot_have_is_a_finding_though_its_seal_is_good()
    {
        using SealingRing ring = await SealingRing.OpenAsync();
        DeliveryCheck check = SealingRing.NewCheck(new PointRule(Source, PointName, 0, 101, MaxChangePerSecond: null, StuckAfter: null));
        CheckReport report = Judge(check, 2, ring.Page(Frame(0, 101)), ring.Page(Frame(1, 102)));
        Assert.Equal((false, 1, 2), (report.Passed, report.ContentFindings, report.PagesProven));
        Assert.Contains($"{Source}/{PointName} 102", Assert.Single(report.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hole_in_the_frames_that_neither_the_reader_nor_the_ring_owns_up_to_is_a_finding()
    {
        using SealingRing ring = await SealingRing.OpenAsync();
        CheckReport report = Judge(SealingRing.NewCheck(), 3, ring.Page(Frame(0, 101)), ring.Page(Frame(2, 103)));
        Assert.Equal((false, 1, 1), (report.Passed, report.ContentFindings, report.UnexplainedFrames));
    }

    [Fact]
    public async Task A_hole_in_the_frames_that_the_reader_owns_up_to_is_none()
    {
        using SealingRing ring = await SealingRing.OpenAsync();
        CheckReport report = Judge(SealingRing.NewCheck(), 3, ring.Page(Frame(0, 101)), ring.Page(ReaderGap(1, 1, 1), Frame(2, 103)));
        Assert.Equal((true, 0, 1), (report.Passed, report.ContentFindings, report.Lost));
    }

    /// <summary>Three pages of one value each; the order stands when the second one comes.</summary>
    private async Task<CheckReport> InjectAsync(Fault fault)
    {
        using SealingRing ring = await SealingRing.OpenAsync();
        _interloper.Order(fault);
        CloudMessage[] arrived = [.. new[] { ring.Page(Frame(0, 101)), ring.Page(Frame(1, 102)), ring.Page(Frame(2, 103)) }.SelectMany(_interloper.Pass)];
        return Judge(SealingRing.NewCheck(), 3, arrived);
    }

    private static CheckReport Judge(DeliveryCheck check, int served, params ReadOnlySpan<CloudMessage> messages)
    {
        foreach (CloudMessage message in messages)
        {
            check.Accept(new Arrival(message.Message, message.EnqueuedAt));
        }

        return check.Judge(Served(served));
    }

    private static IEnumerable<(PageFault What, long Page, long FirstSeq, long LastSeq)> Named(CheckReport report) =>
        report.Named.Select(pages => (pages.What, pages.FirstPage, pages.FirstSeq, pages.LastSeq));
}
