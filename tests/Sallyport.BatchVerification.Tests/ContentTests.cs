using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Sallyport.BatchVerification.Content;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>What is said of the records in proven batches.</summary>
public sealed class ContentTests
{
    private const string Session = "01JD3S0A1B2C3D4E5F6G7H8J9K";
    private static readonly FrameStreamName Fast = new(Session, "chiller-1", "fast");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PointRule Rule = new("chiller-1", "temp", Min: -20, Max: 60, MaxChangePerSecond: 2, StuckAfter: TimeSpan.FromMinutes(1));

    private readonly ContentCheck _check = new(new ContentRules([Rule]));
    private long _seq;

    [Fact]
    public void Frames_in_order_with_plausible_values_are_well()
    {
        Assert.Empty(Look(FrameOf(0, 0, 7), FrameOf(1, 1, 8), FrameOf(2, 1, 8.5)));
        Assert.Empty(_check.Finish(Summary()));
    }

    [Fact]
    public void A_time_that_goes_back_is_found_within_a_stream_and_not_between_streams()
    {
        Look(FrameOf(0, 10, 7));
        Assert.Equal([new ContentFinding.TimeWentBack(Fast, 1, Noon.AddSeconds(9), Noon.AddSeconds(10))], Look(FrameOf(1, 9, 7)));
        Assert.Empty(Look(FrameOf(0, 3, 7) with { Group = "slow" }));
    }

    [Fact]
    public void A_late_frame_may_be_older_and_not_younger()
    {
        Look(FrameOf(0, 0, 7), FrameOf(2, 2, 7), FrameOf(5, 5, 7));
        Assert.Empty(Look(FrameOf(1, 1, 7)));
        Assert.IsType<ContentFinding.TimeWentBack>(Assert.Single(Look(FrameOf(3, 6, 7))));
    }

    [Fact]
    public void A_frame_in_two_pages_is_found_unless_the_page_was_recovered_or_late()
    {
        Frame frame = FrameOf(0, 0, 7);
        Look(frame);
        Assert.Equal([new ContentFinding.FrameRepeated(Fast, 0)], Look(frame));
        Assert.Empty(_check.Accept(new BatchVerdict.Ok(BatchOf(PageTraits.Recovered, FrameJson.Encode(frame)))));
        Assert.Empty(_check.Accept(new BatchVerdict.Reordered(BatchOf(PageTraits.None, FrameJson.Encode(frame)))));
    }

    [Fact]
    public void Missing_frames_are_found_in_the_end_unless_they_come_late_or_the_reader_owns_up()
    {
        Look(FrameOf(2, 0, 7), FrameOf(7, 1, 7), FrameOf(8, 2, 7));
        Look(FrameOf(4, 0, 7));
        Accept(GapRecordJson.Encode(new GapRecord(GapReason.OutboxFull, 5, 6, 1, new GapOrigin(Session, "chiller-1", "fast"))));
        Assert.Equal(
            [new ContentFinding.FramesMissing(Fast, new NumberRange(0, 1), 2), new ContentFinding.FramesMissing(Fast, new NumberRange(3, 6), 2)],
            _check.Finish(Summary()));
    }

    [Fact]
    public void A_loss_of_the_ring_accounts_for_missing_frames_around_its_place_each_once()
    {
        Look(FrameOf(0, 0, 7));
        _seq += 3;
        Look(FrameOf(4, 1, 7));
        Look(FrameOf(6, 2, 7));
        var told = new MissingRecords(new NumberRange(1, 3), 3, MissingKind.Lost, GapReason.Evicted);
        Assert.Equal([new ContentFinding.FramesMissing(Fast, new NumberRange(5, 5), 1)], _check.Finish(Summary(told)));
        Assert.Equal(2, _check.Finish(Summary(told with { Kind = MissingKind.Unexplained })).Length);
        Assert.Equal(
            [new ContentFinding.FramesMissing(Fast, new NumberRange(1, 3), 1), new ContentFinding.FramesMissing(Fast, new NumberRange(5, 5), 1)],
            _check.Finish(Summary(told with { Count = 2 })));
    }

    [Fact]
    public void An_excerpt_begins_with_the_frame_that_comes_first()
    {
        var check = new ContentCheck(ContentRules.None, isExcerpt: true);
        check.Accept(new BatchVerdict.Ok(BatchOf(PageTraits.None, FrameJson.Encode(FrameOf(17, 0, 7)))));
        Assert.Empty(check.Finish(Summary()));
    }

    [Theory]
    [InlineData(-20, true)]
    [InlineData(60, true)]
    [InlineData(-20.1, false)]
    [InlineData(61, false)]
    public void A_value_outside_of_its_range_is_found(double value, bool isPlausible) =>
        Assert.Equal(isPlausible ? [] : [new ContentFinding.OutOfRange(Rule, Noon, value)], Look(FrameOf(0, 0, value)));

    [Fact]
    public void A_value_that_changes_too_fast_is_found_and_a_pause_slows_it_down()
    {
        Look(FrameOf(0, 0, 10), FrameOf(1, 1, 12));
        Assert.Equal([new ContentFinding.ChangedTooFast(Rule, Noon.AddSeconds(2), 9, 3)], Look(FrameOf(2, 2, 9)));
        Assert.Empty(Look(FrameOf(3, 32, 40)));
        Assert.Empty(Look(Failed(4, 33), FrameOf(5, 34, -10)));
    }

    [Fact]
    public void A_value_that_stays_the_same_for_too_long_is_found_once_until_it_changes()
    {
        Look(FrameOf(0, 0, 10));
        Assert.Empty(Look(Heartbeat(1, 60)));
        Assert.Equal([new ContentFinding.Stuck(Rule, Noon, 10)], Look(Heartbeat(2, 61)));
        Assert.Empty(Look(Heartbeat(3, 90), FrameOf(4, 95, 10), FrameOf(5, 100, 11)));
        Assert.Empty(Look(Failed(6, 200), Heartbeat(7, 300)));
        Assert.Empty(Look(FrameOf(8, 310, 11)));
        Assert.Single(Look(Heartbeat(9, 400)));
    }

    [Fact]
    public void A_record_that_is_not_what_its_schema_says_is_found_and_foreign_ones_are_passed_over()
    {
        Accept("""{"schema":"sallyport.event/1"}"""u8.ToArray(), "{}"u8.ToArray(), """{"x":{"schema":"sallyport.frame/1"}}"""u8.ToArray());
        Assert.Equal([new ContentFinding.RecordMalformed(3)], Accept("""{"schema":"sallyport.frame/1","source":1}"""u8.ToArray()));
    }

    [Fact]
    public void What_is_not_to_be_used_is_not_looked_into()
    {
        SealedBatch batch = BatchOf(PageTraits.None, FrameJson.Encode(FrameOf(0, 0, 1000)));
        Assert.Empty(_check.Accept(new BatchVerdict.Duplicate(batch)));
        Assert.Empty(_check.Accept(new BatchVerdict.Fork(batch, ForkSign.EpochOpenedTwice)));
        Assert.Single(_check.Accept(new BatchVerdict.Gap(batch, null, null, [])));
    }

    [Fact]
    public void Rules_are_read_as_they_are_written()
    {
        ContentRules rules = Assert.IsType<ContentRulesReading.Accepted>(Read(
            """{"points":[{"source":"chiller-1","point":"temp","min":-20,"max":60,"maxChangePerSecond":2,"stuckForSeconds":60},{"source":"a","point":"b","max":1}]}""")).Rules;
        Assert.Equal([Rule, new PointRule("a", "b", null, 1, null, null)], rules.Points);
        Assert.Equal(Rule, rules.Find("chiller-1", "temp"));
        Assert.Null(rules.Find("chiller-1", "b"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "/points")]
    [InlineData("""{"points":{}}""", "/points")]
    [InlineData("""{"points":[],"points":[]}""", "")]
    [InlineData("""{"points":[],"x/y":1}""", "/x~1y")]
    [InlineData("""{"points":[1]}""", "/points/0")]
    [InlineData("""{"points":[{"source":"a","point":"b"}]}""", "/points/0")]
    [InlineData("""{"points":[{"source":"a","max":1}]}""", "/points/0")]
    [InlineData("""{"points":[{"source":"a","point":"","max":1}]}""", "/points/0/point")]
    [InlineData("""{"points":[{"source":"a","point":"b","max":"1"}]}""", "/points/0/max")]
    [InlineData("""{"points":[{"source":"a","point":"b","max":1e999}]}""", "/points/0/max")]
    [InlineData("""{"points":[{"source":"a","point":"b","min":2,"max":1}]}""", "/points/0/min")]
    [InlineData("""{"points":[{"source":"a","point":"b","maxChangePerSecond":-1}]}""", "/points/0/maxChangePerSecond")]
    [InlineData("""{"points":[{"source":"a","point":"b","stuckForSeconds":0}]}""", "/points/0/stuckForSeconds")]
    [InlineData("""{"points":[{"source":"a","point":"b","largest":0}]}""", "/points/0/largest")]
    [InlineData("""{"points":[{"source":"a","point":"b","max":0},{"source":"a","point":"b","min":0}]}""", "/points/1")]
    public void Rules_that_are_wrong_are_refused_with_their_place(string json, string pointer) =>
        Assert.Equal(pointer, Assert.IsType<ContentRulesReading.Refused>(Read(json)).Pointer);

    [Fact]
    public void Hostile_records_and_rules_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        ContentRulesReader.Read(bytes);
        new ContentCheck(ContentRules.None).Accept(new BatchVerdict.Ok(BatchOf(PageTraits.None, bytes)));
    });

    private static ContentRulesReading Read(string json) => ContentRulesReader.Read(Encoding.UTF8.GetBytes(json));

    private static Frame FrameOf(long seq, double second, double value) => new(
        "chiller-1", "modbus-tcp", "fast", FrameKind.Key, Session, seq, Noon.AddSeconds(second), [Point.Good("temp", PointValue.FromDouble(value))]);

    private static Frame Heartbeat(long seq, double second) => FrameOf(seq, second, 0) with { Kind = FrameKind.Heartbeat, Points = [] };

    private static Frame Failed(long seq, double second) => FrameOf(seq, second, 0) with { Points = [Point.Bad("temp", StatusCode.BadTimeout, "timeout")] };

    private static SealedBatch BatchOf(PageTraits flags, params ReadOnlyMemory<byte>[] records) => BatchOf(0, flags, records);

    private static SealedBatch BatchOf(long seq, PageTraits flags, ReadOnlyMemory<byte>[] records) => new(
        new BatchFields(1, 2, new Epoch(1, 3, 0), 1, seq, records.Length, 0, 1, 1, flags), "bulk", [], [], BatchBody.Join(records));

    private static VerificationSummary Summary(params ImmutableArray<MissingRecords> missing) => new(
        0, [new StreamSummary(2, "bulk", 0, 0, 0, 0, 0, 0, 0, 0, 0, missing, ImmutableSortedDictionary<MissingKind, long>.Empty) { Checkpoints = new CheckpointTally(0, 0, 0, -1, 0) }]);

    private ImmutableArray<ContentFinding> Look(params Frame[] frames) => Accept([.. frames.Select(frame => (ReadOnlyMemory<byte>)FrameJson.Encode(frame))]);

    private ImmutableArray<ContentFinding> Accept(params ReadOnlyMemory<byte>[] records)
    {
        SealedBatch batch = BatchOf(_seq, PageTraits.None, records);
        _seq += records.Length;
        return _check.Accept(new BatchVerdict.Ok(batch));
    }
}
