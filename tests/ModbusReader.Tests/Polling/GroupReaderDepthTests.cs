using System.Collections.Concurrent;
using Sallyport.Acquisition.Polling;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class GroupReaderDepthTests : IAsyncDisposable
{
    private const int TestLimit = 30_000;

    private readonly GroupBench _bench = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ReadOutcome?>> _gates = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory(Timeout = TestLimit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task As_many_requests_are_on_their_way_as_the_connection_allows(int depth)
    {
        Hold(depth);
        Task<PollResult> reading = GroupBench.ReadAsync(_bench.Reader(0, 200, 400, 600));
        foreach (int address in (int[])[0, 200, 400, 600])
        {
            int expected = Math.Min(4, (address / 200) + depth);
            while (_bench.Master.Requests.Count < expected)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            Assert.Equal(expected, _bench.Master.Requests.Count);
            Gate(address).SetResult(null);
        }

        Assert.Equal("p0=0 p200=200 p400=400 p600=600", GroupBench.Describe(await reading));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Answers_in_any_order_bring_the_right_values_and_each_has_its_own_time()
    {
        Hold(depth: 3);
        GroupReader reader = _bench.Reader(0, 200, 400);
        DateTimeOffset start = _bench.Time.GetUtcNow();

        // Without a synchronization context SetResult itself enters the answer, so that the clock does not move before.
        PollResult result = await Task.Run(
            async () =>
            {
                Task<PollResult> reading = GroupBench.ReadAsync(reader);
                foreach (int address in (int[])[400, 0, 200])
                {
                    _bench.Time.Advance(TimeSpan.FromMilliseconds(10));
                    Gate(address).SetResult(null);
                }

                return await reading;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("p0=0 p200=200 p400=400", GroupBench.Describe(result));
        Assert.Equal(start.AddMilliseconds(10), result.Timestamp);

        _bench.Master.Always(ReadOutcome.TimedOut.Instance);
        result = await GroupBench.ReadAsync(reader);
        Assert.Equal([20.0, 30.0, 10.0], result.Points.Select(point => (point.LastAt!.Value - start).TotalMilliseconds));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_that_does_not_answer_is_not_asked_for_the_rest_but_what_comes_is_kept()
    {
        Hold(depth: 2);
        Task<PollResult> reading = GroupBench.ReadAsync(_bench.Reader(0, 200, 400));
        Gate(0).SetResult(ReadOutcome.TimedOut.Instance);
        Gate(200).SetResult(null);
        PollResult result = await reading;
        Assert.Equal("p0=BadTimeout(timeout) p200=200 p400=BadTimeout(timeout)", GroupBench.Describe(result));
        Assert.Equal("timeout", result.Silence);
        Assert.Equal("holdingRegister 0..0, holdingRegister 200..200", _bench.Requests);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_request_is_divided_while_others_are_on_their_way()
    {
        _bench.Master.Depth = 4;
        _bench.Master.Refuse(code: 2, 1, 201, 205);
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(0, 1, 2, 200, 201, 210, 400));
        Assert.Equal("p0 p2 p200 p210 p400", string.Join(' ', result.Points.Where(point => point.Status.IsGood).Select(point => point.Name)));
        Assert.Equal(2, result.BadCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_stop_while_one_request_is_on_its_way_and_others_wait_lets_the_poll_end()
    {
        using var stop = new CancellationTokenSource();
        Hold(depth: 2);
        int asked = 0;
        _bench.Master.Answer = async request =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                // The second waits for the line when the stop comes.
                await stop.CancelAsync();
                throw new OperationCanceledException(stop.Token);
            }

            return asked == 1 ? await Gate(request.Address).Task : null;
        };
        Task<PollResult> reading = _bench.Reader(0, 200, 400).ReadAsync(stop.Token).AsTask();
        while (!stop.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Gate(0).SetResult(null);
        Assert.Equal("p0=0 p200=200 p400=400", GroupBench.Describe(await reading));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_stop_before_anything_was_read_ends_the_poll()
    {
        _bench.Master.Depth = 2;
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Reader(0, 200).ReadAsync(stop.Token).AsTask());
        Assert.Equal(0, _bench.Master.Served);
    }

    private TaskCompletionSource<ReadOutcome?> Gate(int address) => _gates.GetOrAdd(address, _ => new TaskCompletionSource<ReadOutcome?>());

    private void Hold(int depth)
    {
        _bench.Master.Depth = depth;
        _bench.Master.Answer = request => Gate(request.Address).Task;
    }
}
