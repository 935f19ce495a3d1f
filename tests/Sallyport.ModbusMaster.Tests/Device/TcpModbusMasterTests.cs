using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

public sealed class TcpModbusMasterTests
{
    private const int TestLimit = 30_000;

    [Fact(Timeout = TestLimit)]
    public async Task Data_comes_back_over_one_connection_with_a_new_transaction_id_each_time()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()));
        for (int i = 0; i < 20; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 100 + i));
            Assert.Equal([0, (byte)(100 + i), 0, (byte)(101 + i)], bench.Data[..4]);
        }

        Assert.Equal(1, bench.Device.ConnectionCount);
        Assert.Equal(20, bench.Device.Requests.Select(request => (request[0] << 8) | request[1]).Distinct().Count());
        Assert.All(bench.Device.Requests, request => Assert.InRange(request[7], 1, 4));
        Assert.Equal(20, bench.Count("reads"));
        Assert.Equal(1, bench.Count("connects"));
        Assert.Equal(1, bench.Count("connections"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_answer_in_pieces_of_one_byte_is_put_together()
    {
        await using var bench = new MasterBench(turn => turn.SendOneByOneAsync(turn.Correct()));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(quantity: 125));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(quantity: 1));
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_exception_is_an_outcome_and_leaves_the_connection_open()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Address == 100 ? turn.Exception(2) : turn.Correct()));
        Assert.Equal(new ReadOutcome.Refused(new ModbusExceptionCode(2)), await bench.ReadAsync(address: 100));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 200));
        Assert.Equal(1, bench.Device.ConnectionCount);
        Assert.Equal(1, bench.Count("refusals", "code", 2));
    }

    // Offsets in the reply: 0-1 transaction id, 2-3 protocol id, 4-5 length, 6 unit id, 7 function code, 8 byte count.
    [Theory(Timeout = TestLimit)]
    [InlineData(0, 0x55, ModbusFault.TransactionId, "transaction-id")]
    [InlineData(2, 0x01, ModbusFault.ProtocolId, "protocol-id")]
    [InlineData(4, 0xFF, ModbusFault.Length, "length")]
    [InlineData(5, 0x00, ModbusFault.Length, "length")]
    [InlineData(5, 0x09, ModbusFault.Length, "length")]
    [InlineData(6, 0x02, ModbusFault.UnitId, "unit-id")]
    [InlineData(7, 0x04, ModbusFault.FunctionCode, "function-code")]
    [InlineData(7, 0x83, ModbusFault.FunctionCode, "function-code")]
    [InlineData(8, 0x02, ModbusFault.ByteCount, "byte-count")]
    public async Task An_answer_that_does_not_match_closes_the_connection_and_the_next_read_opens_another(
        int at, byte value, ModbusFault fault, string field)
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Connection == 1 ? turn.CorrectBut(at, value) : turn.Correct()));
        Assert.Equal(new ReadOutcome.Broken(fault), await bench.ReadAsync());
        Assert.Equal(1, bench.Count("protocol_errors", "field", field));
        Assert.Equal(0, bench.Count("connections"));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        Assert.Equal(2, bench.Device.ConnectionCount);
    }

    // Facts 6.10: the transaction id still proves which request it answers, and no other unit may.
    [Theory(Timeout = TestLimit)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_device_that_answers_as_unit_0_or_255_is_heard_if_somebody_said_so(int depth)
    {
        await using var bench = new MasterBench(
            turn => turn.SendAsync(turn.CorrectBut(6, (byte)(turn.Address switch { 100 => 0, 200 => 255, 300 => 17, _ => 2 }))),
            plan => plan with { AcceptsUnit0Or255 = true, Depth = depth });
        foreach (int address in (int[])[100, 200, 300])
        {
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address, unitId: 17));
            Assert.Equal(address & 0xFF, bench.Data[1]);
        }

        Assert.Equal(new ReadOutcome.Broken(ModbusFault.UnitId), await bench.ReadAsync(address: 400, unitId: 17));
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_answer_as_unit_0_to_another_request_is_none()
    {
        await using var bench = new MasterBench(
            turn =>
            {
                byte[] reply = turn.CorrectBut(6, 0);
                reply[1]++;
                return turn.SendAsync(reply);
            },
            plan => plan with { AcceptsUnit0Or255 = true });
        Assert.Equal(new ReadOutcome.Broken(ModbusFault.TransactionId), await bench.ReadAsync(unitId: 17));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_connection_closed_inside_an_answer_is_lost()
    {
        await using var bench = new MasterBench(async turn =>
        {
            await turn.SendAsync(turn.Correct()[..^1]);
            await turn.CloseAsync();
        });
        Assert.Equal(new ReadOutcome.Unreachable("connection lost"), await bench.ReadAsync());
        Assert.Equal(1, bench.Count("unreachable"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Requests_of_many_callers_go_over_the_wire_one_at_a_time()
    {
        int inFlight = 0;
        await using var bench = new MasterBench(async turn =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inFlight));
            await Task.Yield();
            Interlocked.Decrement(ref inFlight);
            await turn.SendAsync(turn.Correct());
        });
        await Parallel.ForAsync(0, 50, TestContext.Current.CancellationToken, async (i, cancellationToken) =>
        {
            byte[] data = new byte[250];
            Assert.IsType<ReadOutcome.Good>(await bench.Master.ReadAsync(
                (byte)(i + 1), new ReadRequest(ModbusTable.HoldingRegister, i, 2), data, cancellationToken));
            Assert.Equal([0, (byte)i, 0, (byte)(i + 1)], data[..4]);
        });
        Assert.Equal(1, bench.Device.ConnectionCount);
        Assert.Equal(50, bench.Count("reads"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_stop_does_not_throw_away_what_the_device_is_about_to_give()
    {
        using var stop = new CancellationTokenSource();
        await using var bench = new MasterBench(async turn =>
        {
            await stop.CancelAsync();
            await turn.SendAsync(turn.Correct());
        });
        ReadOutcome outcome = await bench.Master.ReadAsync(
            1, new ReadRequest(ModbusTable.HoldingRegister, 100, 2), bench.Data, stop.Token).AsTask().WaitAsync(TestContext.Current.CancellationToken);
        Assert.IsType<ReadOutcome.Good>(outcome);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_master_that_is_disposed_connects_no_more()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        await bench.Master.DisposeAsync();
        Assert.Equal(new ReadOutcome.Unreachable("connection no longer configured"), await bench.ReadAsync());
        Assert.Equal(0, bench.Count("connections"));
    }
}
