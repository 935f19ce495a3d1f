using System.Globalization;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Tests;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class GroupReaderTests : IAsyncDisposable
{
    private readonly GroupBench _bench = new() { Random = 0.5 };

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Values_come_from_the_replies_to_few_requests()
    {
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(1, 2, 3, 500));
        Assert.Equal("p1=1 p2=2 p3=3 p500=500", GroupBench.Describe(result));
        Assert.Equal("holdingRegister 1..3, holdingRegister 500..500", _bench.Requests);
        Assert.Equal((null, null, 0), (result.Silence, result.Trouble, result.BadCount));
        Assert.Equal(_bench.Time.GetUtcNow(), result.Timestamp);
    }

    // facts 6.18
    [Theory]
    [InlineData(4, "BadDeviceFailure")]
    [InlineData(8, "BadDeviceFailure")]
    [InlineData(99, "BadDeviceFailure")]
    public async Task Another_refusal_is_the_status_of_the_whole_request_and_the_rest_is_still_read(byte code, string status)
    {
        _bench.Master.Refuse(code, 1);
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(1, 2, 500));
        string reason = string.Create(CultureInfo.InvariantCulture, $"exception {code}");
        Assert.Equal($"p1={status}({reason}) p2={status}({reason}) p500=500", GroupBench.Describe(result));
        Assert.Equal($"{reason} at holdingRegister 1..2", result.Trouble);
    }

    // facts 6.18
    [Fact(Timeout = 30_000)]
    public async Task A_busy_device_gets_a_moment_and_one_more_chance()
    {
        int asked = 0;
        _bench.Master.Answer = _ => Task.FromResult<ReadOutcome?>(++asked == 1 ? new ReadOutcome.Refused(new ModbusExceptionCode(6)) : null);
        Task<PollResult> reading = GroupBench.ReadAsync(_bench.Reader(1)).WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);
        _bench.Time.Advance(GroupReader.BusyPause);
        Assert.Equal("p1=1", GroupBench.Describe(await reading));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_device_that_stays_busy_is_left_for_this_poll()
    {
        _bench.Master.Always(new ReadOutcome.Refused(new ModbusExceptionCode(6)));
        Task<PollResult> reading = GroupBench.ReadAsync(_bench.Reader(1)).WaitAsync(TestContext.Current.CancellationToken);
        _bench.Time.Advance(GroupReader.BusyPause);
        PollResult result = await reading;
        Assert.Equal("p1=BadResourceUnavailable(exception 6)", GroupBench.Describe(result));
        Assert.Null(result.Silence);
    }

    public static TheoryData<string> Silences => ["timeout", "unreachable", "broken", "gateway"];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task A_unit_that_does_not_answer_is_not_asked_for_the_rest(string how)
    {
        (ReadOutcome outcome, string bad, string silence) = how switch
        {
            "timeout" => ((ReadOutcome)ReadOutcome.TimedOut.Instance, "BadTimeout(timeout)", "timeout"),
            "unreachable" => (new ReadOutcome.Unreachable("connection lost"), "BadNotConnected(connection lost)", "connection lost"),
            "broken" => (
                new ReadOutcome.Broken(ModbusFault.UnitId),
                "BadCommunicationError(wrong unit-id in the reply)",
                "wrong unit-id in the reply"),
            _ => (new ReadOutcome.Refused(new ModbusExceptionCode(11)), "BadNoCommunication(exception 11)", "exception 11"),
        };
        _bench.Master.Answer = request => Task.FromResult(request.Address == 500 ? outcome : null);
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(1, 500, 1000, 2000));
        Assert.Equal($"p1=1 p1000={bad} p2000={bad} p500={bad}", GroupBench.Describe(result));
        Assert.Equal(silence, result.Silence);
        Assert.Equal("holdingRegister 1..1, holdingRegister 500..500", _bench.Requests);
    }

    // facts 2.6
    [Fact]
    public async Task An_old_value_is_told_with_its_own_time()
    {
        GroupReader reader = _bench.Reader(7);
        DateTimeOffset before = (await GroupBench.ReadAsync(reader)).Timestamp;
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        _bench.Master.Always(ReadOutcome.TimedOut.Instance);
        PollResult result = await GroupBench.ReadAsync(reader);
        Point point = Assert.Single(result.Points);
        Assert.Null(point.Value);
        Assert.Equal(PointValue.FromInt64(7), point.LastValue);
        Assert.Equal(before, point.LastAt);
        Assert.NotEqual(before, result.Timestamp);
    }

    [Fact]
    public async Task A_value_never_read_has_no_last_value()
    {
        _bench.Master.Always(ReadOutcome.TimedOut.Instance);
        Assert.Null(Assert.Single((await GroupBench.ReadAsync(_bench.Reader(7))).Points).LastAt);
    }

    [Fact]
    public async Task A_stop_before_anything_was_read_ends_the_poll()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Reader(1).ReadAsync(stop.Token).AsTask());
        Assert.Equal(0, _bench.Master.Served);
    }

    [Fact]
    public async Task A_stop_after_something_was_read_lets_the_poll_end()
    {
        using var stop = new CancellationTokenSource();
        _bench.Master.Answer = async _ =>
        {
            await stop.CancelAsync();
            return null;
        };
        Assert.Equal("p1=1 p500=500", GroupBench.Describe(await _bench.Reader(1, 500).ReadAsync(stop.Token)));
    }

    // facts 6.34
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task The_times_of_one_poll_keep_their_distances_when_the_clock_of_the_host_is_set(int seconds)
    {
        var time = new SteppedTime();
        await using var bench = new GroupBench(time);
        DateTimeOffset start = time.GetUtcNow();
        bench.Master.Answer = request =>
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            time.Step = TimeSpan.FromSeconds(seconds);
            return Task.FromResult<ReadOutcome?>(null);
        };
        PollResult result = await GroupBench.ReadAsync(bench.Reader(1, 500));
        Assert.Equal(start + TimeSpan.FromMilliseconds(20), result.Timestamp);
        Assert.Equal([0.0, 20.0], result.Points.Select(point => point.Offset.TotalMilliseconds));
    }
}
