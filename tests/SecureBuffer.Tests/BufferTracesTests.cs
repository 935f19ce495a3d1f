using System.Diagnostics;
using Sallyport.Hosting.Tracing;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Tracing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The spans of messages that go into the ring and of pages that leave it, and what connects them.</summary>
public sealed class BufferTracesTests : IDisposable
{
    private static readonly ActivityContext Frame = new(
        ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"), ActivitySpanId.CreateFromString("00f067aa0ba902b7"), ActivityTraceFlags.Recorded);

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_message_is_part_of_its_frame_and_the_page_has_a_link_to_it()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        await TakeAsync("1", Frame);
        await TakeAsync("2");
        _bench.Lanes.Seal();
        await _bench.DeliverAsync();

        Activity ring = heard.The("ring");
        Assert.Equal((Frame.TraceId, Frame.SpanId), (ring.TraceId, ring.ParentSpanId));
        Assert.Equal(["sallyport.module=ModbusReader", "sallyport.lane=bulk", "sallyport.seq=0", "sallyport.outcome=appended"], Tags(ring));
        Activity upstream = heard.The("upstream");
        Assert.Equal(ring.Context, Assert.Single(upstream.Links).Context);
        Assert.Equal(default, upstream.ParentSpanId);
        Assert.Equal(TraceParent.Of(upstream.Context), Assert.Single(_bench.EdgeHub.Cloud).Properties[MessageProperties.TraceParent]);
        Assert.Equal(
            [
                "sallyport.lane=bulk", "sallyport.page=1", "sallyport.seq=0", "sallyport.records=2", "sallyport.replay=False", "sallyport.uplink=edgehub",
                "sallyport.links_dropped=0", "sallyport.outcome=confirmed",
            ],
            Tags(upstream));
        Assert.Equal("acknowledged", Assert.Single(upstream.Events).Name);
    }

    [Fact]
    public async Task While_nobody_listens_nothing_is_added_to_a_page_and_no_memory_is_taken_to_find_out()
    {
        await TakeAsync("1", Frame);
        _bench.Lanes.Seal();
        await _bench.DeliverAsync();
        Assert.DoesNotContain(MessageProperties.TraceParent, Assert.Single(_bench.EdgeHub.Cloud).Properties.Keys);

        InputMessage input = Traced("2", Frame);
        _bench.AppendPages(1);
        Page page = _bench.Lanes.Bulk.Take(TimeSpan.Zero, _bench.Moments.Now)!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Activity? ring = _bench.Traces.Ring(input);
            ring.End(BufferTraces.Appended);
            _bench.Traces.Send(_bench.Lanes.Bulk, page, "edgehub").Upstream.End(BufferTraces.Confirmed);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_resend_is_the_same_message_and_part_of_the_first_sending()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        _bench.AppendPages(1);
        _bench.EdgeHub.IsUplinkOpen = false;
        await _bench.DeliverAsync(most: 4);
        _bench.EdgeHub.Restart(keepsQueue: false);
        _bench.EdgeHub.IsUplinkOpen = true;
        await _bench.StepUntilAsync(() => _bench.Lanes.Depth == 0);

        Activity[] sendings = [.. heard.Ended];
        Assert.Equal(["edgehub-restarted", "confirmed"], sendings.Select(span => span.GetTagItem(SpanEnding.Outcome)));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], sendings.Select(span => span.Status));
        Assert.Equal((sendings[0].TraceId, sendings[0].SpanId), (sendings[1].TraceId, sendings[1].ParentSpanId));
        Assert.All(_bench.EdgeHub.Given, message => Assert.Equal(TraceParent.Of(sendings[0].Context), message.Properties[MessageProperties.TraceParent]));
    }

    [Fact]
    public async Task What_comes_again_or_is_refused_is_told_and_links_to_no_page()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        await TakeAsync("1", Frame);
        await TakeAsync("1", Frame);
        await _bench.Intake.HandleAsync(Mark(Bench.Input("2", "[]"u8.ToArray()), Frame), TestContext.Current.CancellationToken);
        Assert.Equal(["appended", "repeated", "refused"], heard.Ended.Select(span => span.GetTagItem(SpanEnding.Outcome)));
        _bench.Lanes.Seal();
        await _bench.DeliverAsync();
        Assert.Single(heard.The("upstream").Links);
    }

    [Fact]
    public async Task With_write_through_the_span_of_a_message_lasts_until_it_is_durable()
    {
        using var bench = new Bench(BufferPlan.Default with { IsWriteThrough = true }, StorageState.Disk);
        using var heard = new SpanListener(bench.Traces.Source);
        Task taking = bench.Intake.HandleAsync(Traced("1", Frame), TestContext.Current.CancellationToken);
        Assert.Empty(heard.Ended);
        bench.Committer.Step();
        await taking;
        Assert.Equal("appended", heard.The("ring").GetTagItem(SpanEnding.Outcome));
    }

    [Fact]
    public async Task After_the_module_has_closed_its_intake_a_message_is_left_to_edgeHub()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        _bench.Intake.Close();
        using var stop = new CancellationTokenSource();
        Task taking = _bench.Intake.HandleAsync(Traced("1", Frame), stop.Token);
        Assert.Equal("left", heard.The("ring").GetTagItem(SpanEnding.Outcome));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
    }

    [Fact]
    public void A_page_has_128_links_at_most_and_says_how_many_more_there_were()
    {
        var traced = new TracedRecords();
        for (long seq = 0; seq < 200; seq++)
        {
            traced.Add(seq, Frame);
        }

        Assert.Equal((0, 0), Shape(traced.Take(-9, -1)));
        Assert.Equal((128, 12), Shape(traced.Take(10, 149)));
        Assert.Equal((0, 0), Shape(traced.Take(10, 149)));
        Assert.Equal((50, 0), Shape(traced.Take(150, 1_000)));
    }

    [Fact]
    public void When_too_many_wait_those_that_come_are_forgotten_and_counted()
    {
        for (int number = 0; number < TracedRecords.Most + 3; number++)
        {
            _bench.Lanes.Append(Bench.Record(number) with { Span = Frame });
        }

        using var meter = _bench.Collect<long>("sallyport.buffer.spans_forgotten");
        meter.RecordObservableInstruments();
        Assert.Equal([("alerts", 0L), ("bulk", 3L)], meter.GetMeasurementSnapshot().Select(one => ((string)one.Tags["lane"]!, one.Value)));
    }

    [Fact]
    public async Task A_page_without_any_traced_record_is_a_trace_of_its_own()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        _bench.AppendPages(1);
        await _bench.DeliverAsync();
        Assert.Empty(heard.The("upstream").Links);
    }

    [Fact]
    public async Task A_page_that_nobody_takes_says_so()
    {
        using var heard = new SpanListener(_bench.Traces.Source);
        _bench.AppendPages(1);
        _bench.EdgeHub.NextOutcomes.Enqueue(SendOutcome.NotConnected.Instance);
        await _bench.DeliverAsync(most: 2);
        Assert.Equal("not-connected", heard.The("upstream").GetTagItem(SpanEnding.Outcome));
    }

    private static string[] Tags(Activity span) => [.. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")];

    private static (int Links, int Dropped) Shape(PageLinks links) => (links.Links.Length, links.Dropped);

    private static InputMessage Traced(string id, ActivityContext span) => Mark(Bench.Input(id, Bench.Json(1)), span);

    private static InputMessage Mark(InputMessage input, ActivityContext span) => input with { Message = TraceParent.AddTo(input.Message, span) };

    private Task TakeAsync(string id, ActivityContext? span = null) => _bench.Intake.HandleAsync(
        span is { } sender ? Traced(id, sender) : Bench.Input(id, Bench.Json(1)), TestContext.Current.CancellationToken);
}
