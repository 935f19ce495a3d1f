using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Numbers, pages, eviction and gaps of one ring.</summary>
public sealed class MemoryRingTests
{
    private const int PageInBytes = 1000;
    private const int RecordSize = 200;

    private static readonly Moment Now = new(TimeSpan.FromSeconds(1), new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    private readonly MemoryRing _ring = new(MessageType.Telemetry, new RingLimits(5 * PageInBytes, PageInBytes));

    [Fact]
    public void Records_are_numbered_from_0()
    {
        Assert.Equal([0L, 1L, 2L], Append(0, 3));
        Assert.Equal(3, _ring.NextSeq);
        Assert.Equal(3, _ring.Depth);
    }

    [Fact]
    public void A_page_is_sealed_when_the_next_record_does_not_fit()
    {
        Append(0, 4);
        Assert.Equal(0, _ring.UnsentPages);

        Append(4, 1);

        Page page = Take();
        Assert.Equal((0L, 0L, 4, 3L, 0L), (page.Number, page.FirstSeq, page.Count, page.LastSeq, page.Lost));
        Assert.True(BatchBody.TrySplit(page.Body, out var records));
        Assert.Equal(4, records.Length);
        Assert.InRange(page.Body.Length, 1, PageInBytes);
        Assert.Null(_ring.Take(Now));
    }

    [Fact]
    public void A_record_of_another_type_seals_the_page()
    {
        _ring.Append(Bench.Record(0), Now);
        _ring.Append(Bench.Record(1, MessageType.Status), Now);
        _ring.Seal(Now);

        Assert.Equal(MessageType.Telemetry, Take().Type);
        Page second = Take();
        Assert.Equal((MessageType.Status, 1L, 1L), (second.Type, second.Number, second.FirstSeq));
    }

    [Fact]
    public void A_record_larger_than_a_page_has_a_page_of_its_own()
    {
        Append(0, 1);
        _ring.Append(Bench.Record(1, size: 2 * PageInBytes), Now);
        Append(2, 1);

        Assert.Equal([1, 1], [Take().Count, Take().Count]);
        Assert.Null(_ring.Take(Now));
    }

    [Fact]
    public void The_quality_of_a_page_is_the_worst_of_its_records()
    {
        _ring.Append(Bench.Record(0) with { Quality = Quality.Good }, Now);
        _ring.Append(Bench.Record(1) with { Quality = Quality.Bad }, Now);
        _ring.Append(Bench.Record(2) with { Quality = Quality.Uncertain }, Now);
        _ring.Append(Bench.Record(3), Now);
        _ring.Seal(Now);

        Assert.Equal(Quality.Bad, Take().Quality);
    }

    [Fact]
    public void Sealing_nothing_makes_no_page()
    {
        Assert.False(_ring.Seal(Now));
        Assert.Null(_ring.Take(Now));
    }

    [Fact]
    public void Confirmed_pages_make_room()
    {
        Append(0, 8);
        Page first = Take();

        Assert.Equal(4, _ring.Confirm([first]));
        Assert.Equal(4, _ring.Depth);
        Assert.Equal(0, _ring.Confirm([first]));
    }

    [Fact]
    public void Returned_pages_come_again_first_and_in_order()
    {
        Append(0, 13);
        Page[] taken = [Take(), Take()];

        _ring.Return([.. taken]);

        Assert.Equal([0L, 1L, 2L], [Take().Number, Take().Number, Take().Number]);
    }

    [Fact]
    public void The_age_of_the_oldest_record_is_that_of_its_page()
    {
        Assert.Null(_ring.OldestAt);
        _ring.Append(Bench.Record(0), Now);
        Assert.Equal(Now, _ring.OldestAt);
        Assert.Equal(Now, _ring.OpenedAt);

        var later = new Moment(Now.Elapsed + TimeSpan.FromSeconds(1), Now.Wall);
        _ring.Seal(later);
        Take();
        _ring.Append(Bench.Record(1), later);

        Assert.Equal(Now, _ring.OldestAt);
        Assert.Equal(later, _ring.OpenedAt);
    }

    private List<long> Append(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => _ring.Append(Bench.Record(number, size: RecordSize), Now))];

    private Page Take() => _ring.Take(Now)!;
}
