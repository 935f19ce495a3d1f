using System.Text.Json;
using Sallyport.Acquisition.Polling;
using Sallyport.IotHub;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Health;
using Sallyport.ModbusReader.Polling;

namespace Sallyport.ModbusReader.Tests.Polling;

// facts 2.4, 6.12, 6.18
public sealed class GroupReaderQuarantineTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly GroupBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(2, "BadNodeIdUnknown")]
    [InlineData(3, "BadOutOfRange")]
    public async Task A_bad_address_costs_only_its_own_point(byte code, string status)
    {
        _bench.Master.Refuse(code, 3);
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(1, 2, 3, 4, 5));
        Assert.Equal(
            FormattableString.Invariant($"p1=1 p2=2 p3={status}(exception {code}, asked again at 10:16:00Z) p4=4 p5=5"), GroupBench.Describe(result));
        Assert.Equal(FormattableString.Invariant($"exception {code} at holdingRegister 3..3"), result.Trouble);
        Assert.Null(result.Silence);
        Assert.Equal(1, result.BadCount);
        Assert.Equal((2, 1), (_bench.Divisions, _bench.Quarantined));
    }

    [Fact]
    public async Task A_refused_point_is_bad_in_every_poll_and_asked_for_rarely()
    {
        _bench.Master.Refuse(code: 2, 3);
        GroupReader reader = _bench.Reader(1, 2, 3, 4, 5);
        PollResult first = await GroupBench.ReadAsync(reader);
        Assert.Equal("holdingRegister 1..2, holdingRegister 4..5", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal(2, reader.RequestCount);
        PollResult second = await GroupBench.ReadAsync(reader);
        Assert.Equal(GroupBench.Describe(first), GroupBench.Describe(second));
        Assert.Equal((first.Trouble, 1), (second.Trouble, second.BadCount));
    }

    [Fact]
    public async Task The_waits_begin_with_a_minute_and_double_up_to_an_hour()
    {
        _bench.Master.Refuse(code: 2, 500);
        GroupReader reader = _bench.Reader(1, 500);
        await GroupBench.ReadAsync(reader);
        foreach (int minutes in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            _bench.Time.Advance(TimeSpan.FromMinutes(minutes) - Second);
            Assert.Equal("holdingRegister 1..1", await _bench.RequestsOfPollAsync(reader));
            _bench.Time.Advance(Second);
            Assert.Equal("holdingRegister 1..1, holdingRegister 500..500", await _bench.RequestsOfPollAsync(reader));
        }

        Assert.Equal(1, _bench.Quarantined);
    }

    [Fact]
    public async Task Jitter_makes_a_wait_shorter_by_up_to_a_quarter()
    {
        _bench.Random = 0.8;
        _bench.Master.Refuse(code: 2, 500);
        GroupReader reader = _bench.Reader(1, 500);
        await GroupBench.ReadAsync(reader);
        _bench.Time.Advance(TimeSpan.FromSeconds(47));
        Assert.Equal("holdingRegister 1..1", await _bench.RequestsOfPollAsync(reader));
        _bench.Time.Advance(Second);
        Assert.Equal("holdingRegister 1..1, holdingRegister 500..500", await _bench.RequestsOfPollAsync(reader));
    }

    [Fact]
    public async Task A_point_that_answers_again_leaves_quarantine()
    {
        _bench.Master.Refuse(code: 2, 3);
        GroupReader reader = _bench.Reader(1, 2, 3, 4, 5);
        await GroupBench.ReadAsync(reader);
        _bench.Master.Recover();
        _bench.Time.Advance(Quarantine.FirstWait);
        PollResult result = await GroupBench.ReadAsync(reader);
        Assert.Equal(("p1=1 p2=2 p3=3 p4=4 p5=5", null), (GroupBench.Describe(result), result.Trouble));
        Assert.Equal("holdingRegister 1..5", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal(LearnedState.None with { Quarantined = [] }, reader.Learned with { Quarantined = [] });
    }

    // facts 6.14
    [Fact]
    public async Task An_atomic_group_is_refused_as_one_and_answers_as_one()
    {
        string json = Plans.JsonFor(("u", [1, 2, 3, 4]));
        json = json.Replace("\"address\":2,", "\"address\":2,\"atomic\":\"a\",", StringComparison.Ordinal)
            .Replace("\"address\":3,", "\"address\":3,\"atomic\":\"a\",", StringComparison.Ordinal);
        _bench.Master.Refuse(code: 2, 3);
        GroupReader reader = _bench.Reader(Plans.Read(json));
        PollResult result = await GroupBench.ReadAsync(reader);
        Assert.Equal("p1 p4", string.Join(' ', result.Points.Where(point => point.Value is not null).Select(point => point.Name)));
        Assert.Equal(2, _bench.Quarantined);
        _bench.Time.Advance(Quarantine.FirstWait);
        Assert.Equal("holdingRegister 1..1, holdingRegister 4..4, holdingRegister 2..3", await _bench.RequestsOfPollAsync(reader));
    }

    [Fact]
    public async Task A_table_that_the_device_does_not_have_is_asked_for_rarely_and_never_divided()
    {
        _bench.Master.Refuse(code: 1, 1, 500);
        GroupReader reader = _bench.Reader(1, 2, 500, 900);
        PollResult result = await GroupBench.ReadAsync(reader);
        const string Bad = "BadServiceUnsupported(exception 1, asked again at 10:16:00Z)";
        Assert.Equal($"p1={Bad} p2={Bad} p500={Bad} p900=900", GroupBench.Describe(result));
        Assert.Equal((0, 3), (_bench.Divisions, _bench.Quarantined));
        Assert.Equal("holdingRegister 900..900", await _bench.RequestsOfPollAsync(reader));

        _bench.Master.Recover();
        _bench.Time.Advance(Quarantine.FirstWait);
        Assert.Equal($"p1=1 p2={Bad} p500=500 p900=900", GroupBench.Describe(await GroupBench.ReadAsync(reader)));
        Assert.Equal("p1=1 p2=2 p500=500 p900=900", GroupBench.Describe(await GroupBench.ReadAsync(reader)));
    }

    [Fact]
    public async Task A_group_of_nothing_but_refused_points_still_notices_that_the_unit_is_gone()
    {
        _bench.Master.Refuse(code: 2, 1, 500);
        GroupReader reader = _bench.Reader(1, 500);
        await GroupBench.ReadAsync(reader);
        Assert.Equal("holdingRegister 1..1", await _bench.RequestsOfPollAsync(reader));
        _bench.Master.Always(ReadOutcome.TimedOut.Instance);
        Assert.Equal("timeout", (await GroupBench.ReadAsync(reader)).Silence);
    }

    // A device may answer such an address with something else by now; that must not cost a poll each time.
    [Theory]
    [InlineData("timeout", "BadTimeout(timeout, asked again at 10:18:00Z)")]
    [InlineData("exception 4", "BadDeviceFailure(exception 4, asked again at 10:18:00Z)")]
    public async Task A_retry_that_fails_in_another_way_waits_for_its_next_time_too(string how, string bad)
    {
        _bench.Master.Refuse(code: 2, 500);
        GroupReader reader = _bench.Reader(1, 500);
        await GroupBench.ReadAsync(reader);
        ReadOutcome outcome = string.Equals(how, "timeout", StringComparison.Ordinal)
            ? ReadOutcome.TimedOut.Instance
            : new ReadOutcome.Refused(new ModbusExceptionCode(4));
        _bench.Master.Answer = request => Task.FromResult(request.Address == 500 ? outcome : null);
        _bench.Time.Advance(Quarantine.FirstWait);
        Assert.Equal("holdingRegister 1..1, holdingRegister 500..500", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal("holdingRegister 1..1", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal($"p1=1 p500={bad}", GroupBench.Describe(await GroupBench.ReadAsync(reader)));
    }

    [Fact]
    public async Task Only_a_few_of_many_refused_points_are_asked_for_with_one_poll()
    {
        int[] addresses = [.. Enumerable.Range(0, 11).Select(i => i * 200)];
        _bench.Master.Refuse(code: 2, addresses[1..]);
        GroupReader reader = _bench.Reader(addresses);
        await GroupBench.ReadAsync(reader);
        _bench.Time.Advance(Quarantine.FirstWait);
        foreach (int retries in (int[])[4, 4, 2, 0])
        {
            await _bench.RequestsOfPollAsync(reader);
            Assert.Equal(1 + retries, _bench.Master.Requests.Count);
        }
    }

    [Fact]
    public async Task Silence_teaches_nothing_about_addresses()
    {
        GroupReader reader = _bench.Reader(1, 9);
        _bench.Master.Answer = request => Task.FromResult<ReadOutcome?>(
            request.Quantity > 1 ? new ReadOutcome.Refused(new ModbusExceptionCode(2)) : ReadOutcome.TimedOut.Instance);
        Assert.Equal("timeout", (await GroupBench.ReadAsync(reader)).Silence);
        _bench.Master.Recover();
        Assert.Equal("holdingRegister 1..9", await _bench.RequestsOfPollAsync(reader));
        Assert.Same(LearnedState.None, reader.Learned);
    }

    [Fact(Timeout = 30_000)]
    public async Task Diagnostics_name_what_is_in_quarantine_and_count_the_holes()
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Refuse(code: 2, 3, 25);
        bench.Use(("a", [1, 3, 20, 30]));
        bench.Start();
        await bench.NextFrameAsync();
        bench.Time.Advance(Second);
        await bench.NextFrameAsync();
        var diagnostics = new ReaderDiagnostics(bench.Plan, bench.Supervisor, bench.Assembler, bench.Outboxes);
        MethodResponse response = await diagnostics.AnswerAsync(
            new MethodRequest(ReaderDiagnostics.Method, default), TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(response.Payload);
        JsonElement group = document.RootElement.GetProperty("units")[0].GetProperty("groups")[0];
        Assert.Equal(1, group.GetProperty("learnedHoles").GetInt32());
        Assert.Equal(1, group.GetProperty("quarantinedCount").GetInt32());
        JsonElement point = Assert.Single(group.GetProperty("quarantined").EnumerateArray());
        Assert.Equal("p3", point.GetProperty("point").GetString());
        Assert.StartsWith("exception 2, asked again at 10:1", point.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }
}
