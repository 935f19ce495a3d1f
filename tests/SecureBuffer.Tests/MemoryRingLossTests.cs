using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Numbers, pages, eviction and gaps of one ring.</summary>
public sealed class MemoryRingLossTests
{
    private const int PageInBytes = 1000;
    private const int RecordSize = 200;

    private static readonly Moment Now = new(TimeSpan.FromSeconds(1), new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    private readonly MemoryRing _ring = new(MessageType.Telemetry, new RingLimits(5 * PageInBytes, PageInBytes));

    [Fact]
    public void A_full_ring_evicts_the_oldest_page_that_was_not_handed_over()
    {
        Append(0, 5);
        Page handed = Take();
        Append(5, 19);

        Assert.Equal(4, _ring.Lost(GapReason.Evicted));
        Assert.Equal(1, _ring.PagesInFlight);
        Assert.Equal(0, _ring.Lost(GapReason.Unconfirmed));
        Assert.Equal(4, _ring.Confirm([handed]));
    }

    [Fact]
    public void Pages_on_their_way_go_when_there_are_no_others_and_are_called_unconfirmed()
    {
        Append(0, 20);
        _ring.Seal(Now);
        Page[] handed = [Handed(), Handed(), Handed(), Handed(), Handed()];
        Append(20, 4);

        Assert.Equal(4, _ring.Lost(GapReason.Unconfirmed));
        Assert.Equal(0, _ring.Lost(GapReason.Evicted));
        Assert.Equal(16, _ring.Confirm([.. handed]));
    }

    [Fact]
    public void A_page_that_came_back_may_have_arrived_and_is_called_unconfirmed_too()
    {
        Append(0, 5);
        _ring.Return([Handed()]);
        Append(5, 19);

        Assert.Equal(4, _ring.Lost(GapReason.Unconfirmed));
    }

    [Fact]
    public void Losses_grow_together_into_one_gap_record_before_the_next_page()
    {
        Append(0, 28);
        Assert.Equal(8, _ring.Lost(GapReason.Evicted));

        // Pages 2 to 5 are there, and page 6 is open; the gap record comes behind it.
        Assert.Equal([2L, 3L, 4L, 5L, 6L, 7L], Enumerable.Range(0, 6).Select(_ => Take().Number));
        Assert.Null(_ring.Take(Now));
    }

    [Fact]
    public void A_gap_record_has_a_number_of_its_own_and_says_what_is_missing()
    {
        Append(0, 28);
        Page gap = Enumerable.Range(0, 6).Select(_ => Take()).ToArray()[^1];

        Assert.True(gap.IsGap);
        Assert.Equal((28L, 1, 8L, MessageType.Telemetry), (gap.FirstSeq, gap.Count, gap.Lost, gap.Type));
        Assert.True(BatchBody.TrySplit(gap.Body, out var records));
        Assert.True(GapRecordJson.TryRead(Assert.Single(records).Span, out GapRecord? record));
        Assert.Equal(new GapRecord(GapReason.Evicted, 0, 7, 8), record);
        Assert.Equal(29, _ring.NextSeq);
    }

    [Fact]
    public void Pages_before_the_gap_record_do_not_speak_of_its_losses_and_later_ones_do()
    {
        Append(0, 28);
        Assert.All(Enumerable.Range(0, 5).Select(_ => Take()), page => Assert.Equal(0, page.Lost));
        Assert.Equal(8, Take().Lost);
        _ring.Append(Bench.Record(28), Now);
        _ring.Seal(Now);

        Assert.Equal(8, Take().Lost);
    }

    [Fact]
    public void A_gap_record_is_never_evicted()
    {
        Append(0, 28);
        Page first = Take();
        _ring.Return([first]);
        Append(28, 60);

        List<Page> rest = [];
        while (_ring.Take(Now) is { } page)
        {
            rest.Add(page);
        }

        GapRecord[] gaps = [.. rest.Where(page => page.IsGap).SelectMany(GapsOf)];
        Assert.Equal(2, rest.Count(page => page.IsGap));
        Assert.Equal(new GapRecord(GapReason.Evicted, 0, 7, 8), gaps[0]);
        Assert.Equal(_ring.Lost(GapReason.Evicted), gaps.Sum(gap => gap.Count));
    }

    [Fact]
    public void A_record_too_large_for_a_message_is_lost_with_its_number()
    {
        var ring = new MemoryRing(MessageType.Telemetry, new RingLimits(1024 * 1024, PageInBytes));
        Assert.Equal(0, ring.Append(Bench.Record(0, size: MemoryRing.MaxRecordBytes + 1), Now));
        Assert.Equal(1, ring.Append(Bench.Record(1, size: MemoryRing.MaxRecordBytes), Now));
        ring.Seal(Now);

        Assert.Equal(1, ring.Lost(GapReason.Oversize));
        Assert.Equal(1, ring.Take(Now)!.FirstSeq);
        Assert.Equal(new GapRecord(GapReason.Oversize, 0, 0, 1), Assert.Single(GapsOf(ring.Take(Now)!)));
    }

    [Fact]
    public void A_page_that_no_broker_takes_becomes_a_gap()
    {
        Append(0, 5);
        _ring.Discard(Take());

        Assert.Equal(4, _ring.Lost(GapReason.Oversize));
        Assert.True(_ring.HasPendingGap);
        Assert.Equal(1, _ring.Depth);
    }

    [Fact]
    public void A_smaller_ring_evicts_at_once()
    {
        Append(0, 16);
        _ring.Resize(new RingLimits(2 * PageInBytes, PageInBytes), Now);

        Assert.InRange(_ring.Bytes, 1, 2 * PageInBytes);
        Assert.Equal(8, _ring.Lost(GapReason.Evicted));
    }

    [Fact]
    public void A_ring_smaller_than_its_open_page_evicts_that_too()
    {
        _ring.Append(Bench.Record(0, size: 2 * PageInBytes), Now);
        _ring.Resize(new RingLimits(2 * PageInBytes, PageInBytes), Now);

        Assert.Equal(0, _ring.Bytes);
        Assert.Equal(1, _ring.Lost(GapReason.Evicted));
    }

    private static IEnumerable<GapRecord> GapsOf(Page page)
    {
        Assert.True(BatchBody.TrySplit(page.Body, out var records));
        return records.Select(record => GapRecordJson.TryRead(record.Span, out GapRecord? gap) ? gap : throw new InvalidOperationException());
    }

    private List<long> Append(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => _ring.Append(Bench.Record(number, size: RecordSize), Now))];

    private Page Take() => _ring.Take(Now)!;

    private Page Handed()
    {
        Page page = Take();
        page.Message = PageMessage.Of(page, new RingIdentity("b", "1:e"), "SecureBuffer", isReplay: false);
        return page;
    }
}
