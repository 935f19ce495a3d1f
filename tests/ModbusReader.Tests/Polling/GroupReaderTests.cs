using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class GroupReaderTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
    private readonly ScriptedMaster _master = new();

    public ValueTask DisposeAsync() => _master.DisposeAsync();

    private string Requests => string.Join(", ", _master.Requests);

    [Fact]
    public async Task Values_come_from_the_replies_to_few_requests()
    {
        PollResult result = await ReadAsync(Reader(1, 2, 3, 500));
        Assert.Equal("p1=1 p2=2 p3=3 p500=500", Describe(result));
        Assert.Equal("holdingRegister 1..3, holdingRegister 500..500", Requests);
        Assert.Equal((null, null, 0), (result.Silence, result.Trouble, result.BadCount));
        Assert.Equal(_time.GetUtcNow(), result.Timestamp);
    }

    [Fact]
    public async Task A_bad_address_costs_only_its_own_point()
    {
        _master.Refuse(code: 2, 3);
        PollResult result = await ReadAsync(Reader(1, 2, 3, 4, 5));
        Assert.Equal("p1=1 p2=2 p3=BadNodeIdUnknown(exception 2) p4=4 p5=5", Describe(result));
        Assert.Equal("exception 2 at holdingRegister 3..3", result.Trouble);
        Assert.Null(result.Silence);
        Assert.Equal(1, result.BadCount);
    }

    [Fact]
    public async Task A_hole_between_points_that_the_device_does_not_let_pass_costs_no_point()
    {
        _master.Refuse(code: 2, 5);
        PollResult result = await ReadAsync(Reader(1, 9));
        Assert.Equal("p1=1 p9=9", Describe(result));
        Assert.Null(result.Trouble);
    }

    [Fact]
    public async Task The_division_is_kept_and_after_a_while_tried_without()
    {
        _master.Refuse(code: 2, 5);
        GroupReader reader = Reader(1, 9);
        await ReadAsync(reader);
        Assert.Equal(2, reader.RequestCount);
        _master.Requests.Clear();
        await ReadAsync(reader);
        Assert.Equal("holdingRegister 1..1, holdingRegister 9..9", Requests);

        _master.Recover();
        _master.Requests.Clear();
        _time.Advance(GroupReader.DivisionKept);
        await ReadAsync(reader);
        Assert.Equal("holdingRegister 1..9", Requests);
        Assert.Equal(1, reader.RequestCount);
    }

    [Theory]
    [InlineData(1, "BadServiceUnsupported")]
    [InlineData(4, "BadDeviceFailure")]
    [InlineData(8, "BadDeviceFailure")]
    [InlineData(99, "BadDeviceFailure")]
    public async Task Another_refusal_is_the_status_of_the_whole_request_and_the_rest_is_still_read(byte code, string status)
    {
        _master.Refuse(code, 1);
        PollResult result = await ReadAsync(Reader(1, 2, 500));
        string reason = string.Create(CultureInfo.InvariantCulture, $"exception {code}");
        Assert.Equal($"p1={status}({reason}) p2={status}({reason}) p500=500", Describe(result));
        Assert.Equal($"{reason} at holdingRegister 1..2", result.Trouble);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_busy_device_gets_a_moment_and_one_more_chance()
    {
        int asked = 0;
        _master.Answer = _ => Task.FromResult<ReadOutcome?>(++asked == 1 ? new ReadOutcome.Refused(new ModbusExceptionCode(6)) : null);
        Task<PollResult> reading = ReadAsync(Reader(1)).WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);
        _time.Advance(GroupReader.BusyPause);
        Assert.Equal("p1=1", Describe(await reading));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_device_that_stays_busy_is_left_for_this_poll()
    {
        _master.Always(new ReadOutcome.Refused(new ModbusExceptionCode(6)));
        Task<PollResult> reading = ReadAsync(Reader(1)).WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(GroupReader.BusyPause);
        PollResult result = await reading;
        Assert.Equal("p1=BadResourceUnavailable(exception 6)", Describe(result));
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
        _master.Answer = request => Task.FromResult(request.Address == 500 ? outcome : null);
        PollResult result = await ReadAsync(Reader(1, 500, 1000, 2000));
        Assert.Equal($"p1=1 p1000={bad} p2000={bad} p500={bad}", Describe(result));
        Assert.Equal(silence, result.Silence);
        Assert.Equal("holdingRegister 1..1, holdingRegister 500..500", Requests);
    }

    [Fact]
    public async Task An_old_value_is_told_with_its_own_time()
    {
        GroupReader reader = Reader(7);
        DateTimeOffset before = (await ReadAsync(reader)).Timestamp;
        _time.Advance(TimeSpan.FromSeconds(5));
        _master.Always(ReadOutcome.TimedOut.Instance);
        PollResult result = await ReadAsync(reader);
        Point point = Assert.Single(result.Points);
        Assert.Null(point.Value);
        Assert.Equal(PointValue.FromInt64(7), point.LastValue);
        Assert.Equal(before, point.LastAt);
        Assert.NotEqual(before, result.Timestamp);
    }

    [Fact]
    public async Task A_value_never_read_has_no_last_value()
    {
        _master.Always(ReadOutcome.TimedOut.Instance);
        Assert.Null(Assert.Single((await ReadAsync(Reader(7))).Points).LastAt);
    }

    [Fact]
    public async Task A_stop_before_anything_was_read_ends_the_poll()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reader(1).ReadAsync(stop.Token).AsTask());
        Assert.Equal(0, _master.Served);
    }

    [Fact]
    public async Task A_stop_after_something_was_read_lets_the_poll_end()
    {
        using var stop = new CancellationTokenSource();
        _master.Answer = async _ =>
        {
            await stop.CancelAsync();
            return null;
        };
        Assert.Equal("p1=1 p500=500", Describe(await Reader(1, 500).ReadAsync(stop.Token)));
    }

    private static Task<PollResult> ReadAsync(GroupReader reader) => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    private static string Describe(PollResult result) => string.Join(
        ' ',
        result.Points.Select(point => point.Value is { } value ? $"{point.Name}={value}" : $"{point.Name}={point.Status}({point.Reason})"));

    private GroupReader Reader(params int[] addresses)
    {
        UnitPlan unit = Assert.Single(Plans.Of(("u", addresses)).Units);
        return new GroupReader(unit, Assert.Single(unit.Polls), _master, _time, () => 0.5);
    }
}
