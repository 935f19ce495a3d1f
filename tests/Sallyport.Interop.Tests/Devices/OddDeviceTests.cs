using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>libmodbus with registers that misbehave: what is wrong never becomes data, and what is right after it does.</summary>
public sealed class OddDeviceTests
{
    private const int Busy = 0x170;
    private const int WrongId = 0x171;
    private const int Late = 0x172;
    private const int SingleBytes = 0x173;
    private const int ShortCount = 0x174;
    private const int WrongUnit = 0x175;
    private const int HalfReply = 0x176;
    private const int Good = 3;

    private static JsonObject Impatient => new() { ["timeoutMs"] = 250 };

    [Fact(Timeout = 60_000)]
    public async Task A_reply_in_single_bytes_is_read() // facts 6.1
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.AssertReadsAsync(SingleBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_busy_device_says_no_and_keeps_its_connection() // facts 6.18
    {
        await using Bench bench = await Bench.StartAsync();
        Assert.Equal(6, Assert.IsType<ReadOutcome.Refused>(await bench.ReadAsync(Busy)).Code.Value);
        await bench.AssertReadsAsync(Good);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_without_such_an_address_says_no() // facts 6.12
    {
        await using Bench bench = await Bench.StartAsync();
        Assert.Equal(2, Assert.IsType<ReadOutcome.Refused>(await bench.ReadAsync(511)).Code.Value);
        await bench.AssertReadsAsync(Good);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(WrongId)] // facts 6.3
    [InlineData(WrongUnit)] // facts 6.7
    [InlineData(ShortCount)] // facts 6.20
    [InlineData(HalfReply)] // facts 6.2
    public async Task A_reply_that_is_not_the_answer_never_becomes_data(int address)
    {
        await using Bench bench = await Bench.StartAsync();
        ReadOutcome outcome = await bench.ReadAsync(address);
        Assert.True(outcome is ReadOutcome.Broken or ReadOutcome.TimedOut or ReadOutcome.Unreachable, outcome.ToString());
        await bench.AssertReadsAsync(Good);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_late_reply_is_not_taken_for_the_next_one() // facts 6.4
    {
        await using Bench bench = await Bench.StartAsync();
        Assert.IsType<ReadOutcome.TimedOut>(await bench.ReadAsync(Late));

        // The device is busy with the late reply for as long again; the next answers may be late too, and none may be the one before.
        for (int address = Good; address < Good + 4; address++)
        {
            if (await bench.ReadAsync(address) is ReadOutcome.Good)
            {
                Assert.Equal(KnownContents.Expected(KnownContents.Name("holdingRegister", address)), (long)((bench.Data[0] << 8) | bench.Data[1]));
            }
        }

        await bench.AssertReadsAsync(Good);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly PeerProcess _device;
        private readonly ReaderBench _reader;

        private Bench(PeerProcess device, ReaderBench reader) => (_device, _reader) = (device, reader);

        public byte[] Data { get; } = new byte[250];

        public static async Task<Bench> StartAsync()
        {
            int port = KnownDevice.FreePort();
            PeerProcess device = await KnownDevice.StartTcpAsync("libmodbus", port);
            return new Bench(device, new ReaderBench(ReaderBench.Tcp(port), KnownContents.HoldingRegisters(Good), Impatient));
        }

        public Task<ReadOutcome> ReadAsync(int address) => _reader.ReadAsync(address, 2, Data);

        public async Task AssertReadsAsync(int address)
        {
            Assert.IsType<ReadOutcome.Good>(await ReadAsync(address));
            Assert.Equal(KnownContents.Expected(KnownContents.Name("holdingRegister", address)), (long)((Data[0] << 8) | Data[1]));
        }

        public async ValueTask DisposeAsync()
        {
            await _reader.DisposeAsync();
            await _device.DisposeAsync();
        }
    }
}
