using System.Diagnostics;
using Sallyport.Acquisition.Polling;
using Sallyport.Hosting.Tracing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

/// <summary>The spans of polls and frames, and that they cost nothing while nobody listens.</summary>
public sealed class AcquisitionTracesTests : IDisposable
{
    private static readonly PollResult Result = new([Point.Good("a", PointValue.FromSingle(1))], DateTimeOffset.UnixEpoch, Silence: null, Trouble: null, BadCount: 0);

    private readonly AcquisitionTraces _traces = new();
    private readonly TestMeters _meters = new();
    private readonly FrameSequence _frames = new FrameAssembler("01JD3S00000000000000000000").SequenceOf("chiller-1", "modbus-tcp", "fast");

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void While_nobody_listens_a_poll_and_its_frame_take_no_memory_and_the_frame_stays_as_it_is()
    {
        OutboxEntry entry = Entry();
        _ = Follow(entry);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int poll = 0; poll < 1_000; poll++)
        {
            if (!ReferenceEquals(entry, Follow(entry)))
            {
                Assert.Fail("It is another entry.");
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_frame_is_part_of_its_poll_and_carries_its_own_span()
    {
        using var heard = new SpanListener(_traces.Source);
        OutboxEntry traced = Follow(Entry());
        traced.Span.End(AcquisitionTraces.Acknowledged);
        (Activity poll, Activity frame) = (heard.The("poll"), heard.The("frame"));
        Assert.Equal((default, poll.SpanId, poll.TraceId), (poll.ParentSpanId, frame.ParentSpanId, frame.TraceId));
        Assert.Equal(TraceParent.Of(frame.Context), traced.Message.Properties[MessageProperties.TraceParent]);
        Assert.Equal(
            ["sallyport.source=chiller-1", "sallyport.group=fast", "sallyport.requests=3", "sallyport.points=1", "sallyport.bad_points=0", "sallyport.outcome=answered"],
            Tags(poll));
        Assert.Equal(
            ["sallyport.source=chiller-1", "sallyport.group=fast", "sallyport.frame=key", "sallyport.seq=0", $"sallyport.size={traced.Message.Body.Length}", "sallyport.outcome=acknowledged"],
            Tags(frame));
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Unset), (poll.Status, frame.Status));
    }

    [Fact]
    public void The_body_and_the_other_properties_of_a_traced_frame_are_those_of_any_other()
    {
        using var heard = new SpanListener(_traces.Source);
        OutboxEntry entry = Entry();
        HubMessage traced = Follow(entry).Message;
        Assert.Equal(entry.Message.Properties.OrderBy(pair => pair.Key), traced.Properties.Where(pair => pair.Key is not "traceparent").OrderBy(pair => pair.Key));
        Assert.Equal((entry.Message.MessageId, entry.Message.Body), (traced.MessageId, traced.Body));
    }

    [Fact]
    public void A_poll_that_is_not_recorded_leaves_no_mark_on_its_frames()
    {
        using var heard = new SpanListener(_traces.Source, isRecorded: false);
        OutboxEntry entry = Entry();
        Assert.Same(entry, Follow(entry));
        Assert.Equal(["sallyport.outcome=answered"], Tags(heard.The("poll")));
    }

    [Fact]
    public void A_span_is_never_the_current_one_and_never_part_of_it()
    {
        using var heard = new SpanListener(_traces.Source);
        using var current = new Activity("somebody else's");
        current.Start();
        Activity poll = _traces.Poll("chiller-1", "fast")!;
        Assert.Same(current, Activity.Current);
        Assert.NotEqual(current.TraceId, poll.TraceId);
        AcquisitionTraces.Polled(poll, requests: 1, Result with { Silence = "timeout" });
        Assert.Equal(("sallyport.outcome=silent", ActivityStatusCode.Error), (Tags(poll)[^1], poll.Status));
    }

    [Fact]
    public void Whatever_becomes_of_a_frame_ends_its_span()
    {
        using var heard = new SpanListener(_traces.Source);
        OutboxEntry[] entries = [.. Enumerable.Range(0, 4).Select(_ => Follow(Entry()))];
        int capacityForTwo = 2 * entries[0].SizeInBytes;
        var outbox = new Outbox("telemetry", capacityForTwo, new AcquisitionMetrics(_meters));
        outbox.Add(entries[0]);
        outbox.Add(entries[1]);
        outbox.Add(entries[2]);
        Assert.Equal(["dropped"], Outcomes(heard));
        while (outbox.TryTake(out OutboxEntry? next))
        {
            if (next.Origin is not null)
            {
                outbox.GiveUp(next);
                break;
            }
        }

        Assert.Equal(["dropped", "too-large"], Outcomes(heard));
        outbox.Abandon(inFlight: 0);
        Assert.Equal(["dropped", "too-large", "abandoned"], Outcomes(heard));
        outbox.Complete();
        outbox.Add(entries[3]);
        Assert.Equal(["dropped", "too-large", "abandoned", "dropped"], Outcomes(heard));
        Assert.All(heard.Ended.Where(span => span.OperationName is "frame"), span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    private static string[] Outcomes(SpanListener heard) =>
        [.. heard.Ended.Where(span => span.OperationName is "frame").Select(span => (string)span.GetTagItem(SpanEnding.Outcome)!)];

    private static string[] Tags(Activity span) => [.. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")];

    private OutboxEntry Entry() => Assert.Single(_frames.Assemble(FrameKind.Key, DateTimeOffset.UnixEpoch, Result.Points.AsSpan(), "cafe"));

    private OutboxEntry Follow(OutboxEntry entry)
    {
        Activity? poll = _traces.Poll("chiller-1", "fast");
        OutboxEntry followed = _traces.Frame(entry, FrameKind.Key, poll);
        AcquisitionTraces.Polled(poll, requests: 3, Result);
        return followed;
    }
}
