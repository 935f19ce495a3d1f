using CsCheck;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;

namespace Sallyport.ModbusReader.Tests.Polling;

// facts 6.12
public sealed class GroupReaderHolesTests : IAsyncDisposable
{
    private readonly GroupBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_hole_between_points_that_the_device_does_not_let_pass_costs_no_point()
    {
        _bench.Master.Refuse(code: 2, 5);
        PollResult result = await GroupBench.ReadAsync(_bench.Reader(1, 9));
        Assert.Equal("p1=1 p9=9", GroupBench.Describe(result));
        Assert.Null(result.Trouble);
    }

    [Fact]
    public async Task A_learned_hole_is_kept_and_tried_again_every_hour()
    {
        _bench.Master.Refuse(code: 2, 5);
        GroupReader reader = _bench.Reader(1, 9);
        await GroupBench.ReadAsync(reader);
        Assert.Equal(1, reader.Learned.Holes);
        for (int hour = 0; hour < 2; hour++)
        {
            Assert.Equal("holdingRegister 1..1, holdingRegister 9..9", await _bench.RequestsOfPollAsync(reader));
            Assert.Equal(2, reader.RequestCount);
            _bench.Time.Advance(LearnedHoles.TriedAgainAfter);
            Assert.Equal("holdingRegister 1..9, holdingRegister 1..1, holdingRegister 9..9", await _bench.RequestsOfPollAsync(reader));
        }

        _bench.Master.Recover();
        _bench.Time.Advance(LearnedHoles.TriedAgainAfter);
        Assert.Equal("holdingRegister 1..9", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal("holdingRegister 1..9", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal((1, 0), (reader.RequestCount, reader.Learned.Holes));
    }

    [Fact]
    public async Task Of_several_gaps_only_the_one_to_blame_stays_a_hole()
    {
        _bench.Master.Refuse(code: 2, 15);
        GroupReader reader = _bench.Reader(1, 11, 21, 31);
        await GroupBench.ReadAsync(reader);
        Assert.Equal(3, reader.Learned.Holes);
        for (int poll = 0; poll < 3; poll++)
        {
            Assert.Equal("p1=1 p11=11 p21=21 p31=31", GroupBench.Describe(await GroupBench.ReadAsync(reader)));
        }

        Assert.Equal("holdingRegister 1..11, holdingRegister 21..31", await _bench.RequestsOfPollAsync(reader));
        Assert.Equal(1, reader.Learned.Holes);
    }

    // facts 6.11
    [Fact]
    public async Task The_cap_of_a_device_that_nobody_configured_is_learned()
    {
        GroupReader reader = _bench.Reader([.. Enumerable.Range(0, 100)]);
        _bench.Master.Answer = request => Task.FromResult<ReadOutcome?>(
            request.Quantity > 32 ? new ReadOutcome.Refused(new ModbusExceptionCode(3)) : null);
        Assert.Equal(0, (await GroupBench.ReadAsync(reader)).BadCount);
        Assert.Equal(0, (await GroupBench.ReadAsync(reader)).BadCount);
        Assert.Equal(
            "holdingRegister 0..24, holdingRegister 25..49, holdingRegister 50..74, holdingRegister 75..99", await _bench.RequestsOfPollAsync(reader));
    }

    // facts 6.13
    [Fact]
    public async Task A_device_that_refuses_a_request_across_two_of_its_areas_is_read_by_area()
    {
        GroupReader reader = _bench.Reader([.. Enumerable.Range(0, 10)]);
        _bench.Master.Answer = request => Task.FromResult<ReadOutcome?>(
            request.Address < 5 && request.Address + request.Quantity > 5 ? new ReadOutcome.Refused(new ModbusExceptionCode(2)) : null);
        Assert.Equal(0, (await GroupBench.ReadAsync(reader)).BadCount);
        Assert.Equal("holdingRegister 0..4, holdingRegister 5..9", await _bench.RequestsOfPollAsync(reader));
    }

    // The values are right from the first poll on. Each further poll that still meets a refusal learns one thing or tries one hole, of which there are not
    // more than points: so after twice as many polls as points none is refused any more.
    [Fact]
    public async Task Whatever_addresses_a_device_does_not_have_exactly_their_points_are_bad_and_soon_no_request_is_refused() =>
        await Gen.Select(
            Gen.Int[0, 250].Array[1, 40].Select(addresses => addresses.Distinct().ToArray()),
            Gen.Int[0, 250].HashSet[0, 25],
            Gen.Int[1, 125],
            Gen.Byte[2, 3]).SampleAsync(async (addresses, missing, cap, code) =>
            {
                await using var bench = new GroupBench();
                GroupReader reader = bench.Reader(Plans.Read(Plans.JsonFor(("u", addresses)).Replace(
                    "\"unitId\":1", FormattableString.Invariant($"\"unitId\":1,\"limits\":{{\"maxHoldingRegisters\":{cap}}}"), StringComparison.Ordinal)));
                bench.Master.Refuse(code, [.. missing]);
                string[] readable = [.. addresses.Where(address => !missing.Contains(address)).Select(Name).Order(StringComparer.Ordinal)];
                for (int poll = 0; poll < 2 * addresses.Length; poll++)
                {
                    PollResult result = await GroupBench.ReadAsync(reader);
                    Assert.Equal(readable, result.Points.Where(point => point.Status.IsGood).Select(point => point.Name));
                    Assert.All(
                        result.Points.Where(point => point.Value is not null),
                        point => Assert.Equal(point.Name, Name((int)point.Value!.Value.AsInt64())));
                }

                int served = bench.Master.Served;
                bench.Master.Requests.Clear();
                await GroupBench.ReadAsync(reader);
                int signsOfLife = readable.Length == 0 ? 1 : 0;
                Assert.Equal(bench.Master.Requests.Count - signsOfLife, bench.Master.Served - served);
            }, iter: 300);

    private static string Name(int address) => FormattableString.Invariant($"p{address}");
}
