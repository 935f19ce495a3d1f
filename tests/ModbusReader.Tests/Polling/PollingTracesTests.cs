using System.Diagnostics;
using Sallyport.Acquisition;
using Sallyport.Hosting.Tracing;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The spans of a reader that polls.</summary>
public sealed class PollingTracesTests
{
    private const int TestLimit = 60_000;

    [Fact(Timeout = TestLimit)]
    public async Task Each_poll_is_a_trace_of_its_own_and_its_frame_says_so()
    {
        await using var bench = new ReaderBench();
        using var heard = new SpanListener(bench.Traces.Source);
        bench.Use(("a", [1, 2]));
        bench.Start();
        await bench.UntilAsync(() => heard.Ended.Count(span => span.OperationName is "poll") >= 2, TimeSpan.FromMilliseconds(100));
        Activity[] polls = [.. heard.Ended.Take(2)];
        foreach (Activity poll in polls)
        {
            OutboxEntry entry = (await bench.Outboxes.Telemetry.TakeAsync(TestContext.Current.CancellationToken))!;
            MessageSchema.Validate(entry.Message);
            Assert.True(TraceParent.TryRead(entry.Message.Properties, out ActivityContext frame));
            Assert.Equal(poll.TraceId, frame.TraceId);
            Assert.Equal(("a", "answered", 2), (poll.GetTagItem("sallyport.source"), poll.GetTagItem(SpanEnding.Outcome), poll.GetTagItem("sallyport.points")));
        }

        Assert.NotEqual(polls[0].TraceId, polls[1].TraceId);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_poll_that_was_told_to_stop_before_it_read_anything_is_withdrawn()
    {
        await using var bench = new ReaderBench();
        using var heard = new SpanListener(bench.Traces.Source);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource<ReadOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Device("a").Answer = _ =>
        {
            asked.TrySetResult();
            return stopped.Task;
        };
        bench.Use(("a", [1]));
        bench.Start();
        await bench.UntilAsync(() => asked.Task.IsCompleted, TimeSpan.FromMilliseconds(100));
        Task stopping = bench.StopAsync();
        stopped.SetCanceled(TestContext.Current.CancellationToken);
        await stopping;
        Assert.Equal("withdrawn", heard.The("poll").GetTagItem(SpanEnding.Outcome));
    }
}
