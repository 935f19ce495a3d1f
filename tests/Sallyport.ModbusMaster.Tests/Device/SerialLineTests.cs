using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>RTU on a serial port, which a pseudo-terminal plays (facts 2.12, 2.14, 6.25 to 6.30). Real time: the kernel has no other.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class SerialLineTests : IDisposable
{
    private const int TestLimit = 30_000;

    private const int UserTimeField = 11;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly TestMeters _meters = new();
    private readonly ModbusMasterFactory _factory;
    private readonly byte[] _data = new byte[250];

    public SerialLineTests() => _factory = new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, NullLoggerFactory.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _meters.Dispose();

    [Fact(Timeout = TestLimit)]
    public async Task Registers_are_read_raw()
    {
        // Bytes that a terminal would change or act on: ^C, ^D, newline, carriage return, ^Q, ^S, 0xFF.
        byte[] special = [0x03, 0x04, 0x0A, 0x0D, 0x11, 0x13, 0xFF, 0x00];
        using var bus = new PseudoTerminal(request => [RtuBytes.WithCrc([request[0], request[1], 8, .. special])]);
        await using IModbusMaster master = _factory.Create(bus.Plan);
        for (int i = 0; i < 20; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await ReadAsync(master, address: 0x0A0D, quantity: 4));
            Assert.Equal(special, _data[..8]);
        }

        Assert.Equal(20, bus.Requests.Count);
    }

    // Facts 2.13, 6.25: adapters deliver in bursts.
    [Fact(Timeout = TestLimit)]
    public async Task An_answer_in_pieces_is_put_together()
    {
        using var bus = new PseudoTerminal(request => RtuBytes.Correct(request).Chunk(1));
        await using IModbusMaster master = _factory.Create(bus.Plan);
        Assert.IsType<ReadOutcome.Good>(await ReadAsync(master, address: 100, quantity: 100));
        Assert.Equal([0, 100, 0, 101], _data[..4]);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Many_units_and_callers_share_the_line_one_at_a_time()
    {
        using var bus = new PseudoTerminal(request => [request, RtuBytes.Correct(request)]);
        await using IModbusMaster master = _factory.Create(bus.Plan);
        await Parallel.ForAsync(1, 31, new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = Stop }, async (i, _) =>
        {
            byte[] data = new byte[250];
            Assert.IsType<ReadOutcome.Good>(await master.ReadAsync((byte)i, new ReadRequest(ModbusTable.HoldingRegister, i, 1), data, Stop));
            Assert.Equal(i, data[1]);
        });
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_that_is_silent_times_out_and_the_next_request_waits_for_silence()
    {
        using var bus = new PseudoTerminal(request => request[0] == 1 ? [RtuBytes.Correct(request)] : []);
        await using IModbusMaster master = _factory.Create(bus.Plan with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.IsType<ReadOutcome.TimedOut>(await ReadAsync(master, unitId: 2));
        long failed = TimeProvider.System.GetTimestamp();
        Assert.IsType<ReadOutcome.Good>(await ReadAsync(master, unitId: 1));
        Assert.True(TimeProvider.System.GetElapsedTime(failed) >= TimeSpan.FromMilliseconds(990));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_port_that_is_not_there_is_unreachable()
    {
        await using IModbusMaster master = _factory.Create(Plan("/dev/serial/by-id/gone"));
        Assert.Equal(new ReadOutcome.Unreachable("cannot open the port: it is not there"), await ReadAsync(master));
    }

    [Fact(Timeout = TestLimit)]
    public async Task What_is_no_serial_port_is_refused()
    {
        await using IModbusMaster master = _factory.Create(Plan("/dev/null"));
        Assert.Equal(new ReadOutcome.Unreachable("cannot open the port: it is no serial port"), await ReadAsync(master));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_port_is_ours_alone()
    {
        using var bus = new PseudoTerminal(request => [RtuBytes.Correct(request)]);
        await using IModbusMaster first = _factory.Create(bus.Plan);
        await using IModbusMaster second = _factory.Create(bus.Plan);
        Assert.IsType<ReadOutcome.Good>(await ReadAsync(first));
        Assert.Equal(new ReadOutcome.Unreachable("cannot open the port: another program uses it"), await ReadAsync(second));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_port_is_free_for_the_next_plan_as_soon_as_the_one_before_let_go_of_it()
    {
        using var bus = new PseudoTerminal(request => [RtuBytes.Correct(request)]);
        for (int plan = 0; plan < 20; plan++)
        {
            await using IModbusMaster master = _factory.Create(bus.Plan);
            Assert.IsType<ReadOutcome.Good>(await ReadAsync(master));
        }
    }

    // Facts 6.29: the adapter is pulled out and plugged in again, under the same stable path.
    [Fact(Timeout = TestLimit)]
    public async Task A_port_that_vanishes_is_opened_again_when_it_is_back()
    {
        string link = Path.Combine("/dev/shm", Guid.NewGuid().ToString("N"));
        using var before = new PseudoTerminal(request => [RtuBytes.Correct(request)]);
        File.CreateSymbolicLink(link, before.Path);
        try
        {
            await using IModbusMaster master = _factory.Create(Plan(link));
            Assert.IsType<ReadOutcome.Good>(await ReadAsync(master));
            before.Dispose();
            File.Delete(link);
            Assert.IsNotType<ReadOutcome.Good>(await ReadAsync(master));
            using var after = new PseudoTerminal(request => [RtuBytes.Correct(request)]);
            File.CreateSymbolicLink(link, after.Path);
            while (await ReadAsync(master) is not ReadOutcome.Good)
            {
                await Task.Yield();
            }

            Assert.NotEmpty(after.Requests);
        }
        finally
        {
            File.Delete(link);
        }
    }

    // Facts 2.14, 6.30: others take 5 to 25 % of a core for this.
    [Fact(Timeout = TestLimit)]
    public async Task Waiting_for_a_slow_bus_takes_no_processor_time()
    {
        using var bus = new PseudoTerminal(_ => []);
        await using IModbusMaster master = _factory.Create(bus.Plan with { Timeout = TimeSpan.FromSeconds(1) });
        TimeSpan before = ThreadTime();
        Assert.IsType<ReadOutcome.TimedOut>(await ReadAsync(master));
        Assert.True(ThreadTime() - before <= 2 * Tick);
    }

    private static TimeSpan ThreadTime()
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith("Modbus line", StringComparison.Ordinal))
            {
                string stat = File.ReadAllText(Path.Combine(task, "stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                sum += (long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture)) * Tick;
            }
        }

        return sum;
    }

    private static ConnectionPlan Plan(string path) => new(
        "bus", new ModbusEndpoint.Serial(path, 9600, SerialParity.Even, StopBits: 1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

    private ValueTask<ReadOutcome> ReadAsync(IModbusMaster master, int address = 100, int quantity = 2, byte unitId = 1) =>
        master.ReadAsync(unitId, new ReadRequest(ModbusTable.HoldingRegister, address, quantity), _data, Stop);
}
