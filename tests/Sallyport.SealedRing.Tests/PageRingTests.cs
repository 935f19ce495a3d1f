using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Tests;

public sealed class PageRingTests
{
    [Fact]
    public void Records_come_out_in_order_with_their_numbers_and_join_as_they_were()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        Assert.Equal(RingOrigin.Created, ring.Origin);
        Assert.Equal([0, 1, 2], [ring.Append("a"), ring.Append("b"), ring.Append("c")]);

        SealedPage page = Assert.Single(ring.Drain());

        Assert.Equal("[a;b;c]", page.Text());
        Assert.Equal((0, 3), (page.Fields.FirstSeq, page.Fields.Count));
        Assert.Equal(0, ring.Ring.Depth);
    }

    [Fact]
    public void A_page_ends_at_a_record_that_is_too_large_so_that_its_numbers_stay_in_a_row()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice(), TestRing.Options with { MaxBodyBytes = 100 });
        Assert.Equal(0, ring.Append("a"));
        Assert.False(ring.Ring.TryAppend(new byte[200], TestRing.Data, 0, TestRing.Noon, out long tooLarge));
        Assert.Equal((1, 2), (tooLarge, ring.Append("b")));
        Assert.Equal([(0L, "a"), (2L, "b")], ring.Drain().DataRecords());
    }

    [Fact]
    public void What_was_committed_is_there_after_a_power_cut_and_numbers_do_not_come_again()
    {
        MemoryDevice device = TestRing.NewDevice();
        using (TestRing first = TestRing.Open(device))
        {
            first.Append("a");
            first.Append("b");
            Assert.True(first.Commit());
            first.Append("lost");
        }

        using TestRing second = TestRing.Open(device);
        Assert.False(second.Report.WasClean);
        Assert.Equal(2, second.Report.AdoptedRecords);
        Assert.True(second.Append("c") >= 1000);
        List<SealedPage> pages = second.Drain();
        Assert.Equal(["a", "b", "c"], pages.DataRecords().Select(record => record.Text));
        Assert.Equal([("Unclean", 2L, 999L, 0L)], pages.Gaps());
    }

    [Fact]
    public void After_an_orderly_end_no_number_is_skipped_and_no_gap_is_told()
    {
        MemoryDevice device = TestRing.NewDevice();
        using (TestRing first = TestRing.Open(device))
        {
            first.Append("a");
            Assert.True(first.End());
        }

        using TestRing second = TestRing.Open(device);
        Assert.True(second.Report.WasClean);
        Assert.Equal(1, second.Append("b"));
        List<SealedPage> pages = second.Drain();
        Assert.Equal(["[a]", "[b]"], pages.Select(TestPages.Text));
        Assert.Equal(2, pages[1].Fields.Epoch.Number);
    }

    [Fact]
    public void A_full_ring_drops_the_oldest_page_and_says_so()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice(), TestRing.Options with { Compression = 0 });
        string text = new('x', 3000);
        for (int at = 0; at < 60; at++)
        {
            ring.Append($"{at:00}{text}");
            Assert.True(ring.Commit());
        }

        Assert.True(ring.Ring.DeviceBytes.Used <= ring.Ring.DeviceBytes.All);
        List<SealedPage> pages = ring.Drain();
        (string reason, long first, long last, long count) = Assert.Single(pages.Gaps());
        Assert.Equal(("Evicted", 0), (reason, first));
        Assert.Equal(last - first + 1, count);
        Assert.Equal(60, count + pages.DataRecords().Count());
        Assert.Equal(count, ring.Ring.Lost(LossReason.Evicted));
        Assert.Equal(count, pages[^1].Fields.Lost);
    }

    [Fact]
    public void A_record_larger_than_a_page_may_be_is_a_gap()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        ring.Append("a");
        Assert.False(ring.Ring.TryAppend(new byte[60_000], TestRing.Data, 0, TestRing.Noon, out long seq));
        ring.Append("b");
        List<SealedPage> pages = ring.Drain();
        Assert.Equal([("Oversize", seq, seq, 1L)], pages.Gaps());
        Assert.Equal(["a", "b"], pages.DataRecords().Select(record => record.Text));
    }

    [Fact]
    public void A_page_that_is_returned_is_the_same_batch_when_it_is_handed_out_again()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        ring.Append("a");
        ring.Ring.Seal(TestRing.Noon);
        Assert.True(ring.Commit());
        SealedPage first = Assert.IsType<TakeOutcome.Taken>(ring.Ring.Take(TestRing.Noon)).Page;
        Assert.IsType<TakeOutcome.Empty>(ring.Ring.Take(TestRing.Noon));
        Assert.Equal([first.Number], ring.Ring.Return([first.Number]));
        SealedPage again = Assert.IsType<TakeOutcome.Taken>(ring.Ring.Take(TestRing.Noon)).Page;
        Assert.Equal(first.Fields, again.Fields);
        Assert.Equal(first.Mac, again.Mac);
        Assert.Equal(first.Text(), again.Text());
    }

    [Fact]
    public void Nothing_leaves_under_a_number_that_is_not_reserved_on_the_device()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        for (int at = 0; at <= 1000; at++)
        {
            ring.Append("r");
        }

        ring.Ring.Seal(TestRing.Noon);
        Assert.IsType<TakeOutcome.CommitFirst>(ring.Ring.Take(TestRing.Noon));
        Assert.True(ring.Commit());
        Assert.IsType<TakeOutcome.Taken>(ring.Ring.Take(TestRing.Noon));
    }

    [Fact]
    public void A_small_commit_writes_one_block()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        ring.Append("a");
        Assert.True(ring.Commit());
        ring.Append("b");
        CommitWork work = ring.Ring.Prepare()!;
        Assert.Equal(4096, work.Bytes);
        ring.Ring.Complete(work, work.TryRun(ring.Device, out _));
        Assert.Null(ring.Ring.Prepare());
    }

    [Fact]
    public void Pages_are_filled_with_what_fits_compressed()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        for (int at = 0; at < 300; at++)
        {
            ring.Append($"{{\"n\":\"temperature\",\"v\":{at},\"timestamp\":\"2026-11-26T12:00:{at % 60:00}Z\"}}");
        }

        Assert.True(ring.Commit());
        Assert.True(ring.Ring.Pages <= 2, $"{ring.Ring.Pages} pages");
        Assert.Equal(300, ring.Drain().DataRecords().Count());
    }
}
