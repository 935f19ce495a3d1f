using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>libmodbus with registers that misbehave: what is wrong never becomes data, and what is right after it does.</summary>
public sealed class OddDeviceTests : IAsyncLifetime
{
    private readonly int _port = KnownDevice.FreePort();
    private PeerProcess? _device;
    private ReaderBench? _reader;

    private OddDevice Odd => new(_reader!);

    public async ValueTask InitializeAsync()
    {
        _device = await KnownDevice.StartTcpAsync("libmodbus", _port);
        _reader = new ReaderBench(ReaderBench.Tcp(_port), KnownContents.HoldingRegisters(OddDevice.Good));
        await Odd.AssertReadsAsync(OddDevice.Good);
    }

    public async ValueTask DisposeAsync()
    {
        await (_reader?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_device?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // facts 6.1
    [Fact(Timeout = 60_000)]
    public async Task A_reply_in_single_bytes_is_read() => await Odd.AssertReadsAsync(OddDevice.SingleBytes);

    // facts 6.12, 6.18
    [Theory(Timeout = 60_000)]
    [InlineData(OddDevice.Busy, 6)]
    [InlineData(OddDevice.Last, 2)]
    public async Task A_device_may_say_no_and_the_connection_stays(int address, int code)
    {
        Assert.Equal(code, Assert.IsType<ReadOutcome.Refused>(await Odd.ReadAsync(address)).Code.Value);
        Assert.IsType<ReadOutcome.Good>(await Odd.ReadAsync(OddDevice.Good));
    }

    // facts 6.2, 6.3, 6.7, 6.20
    [Theory(Timeout = 60_000)]
    [InlineData(OddDevice.WrongId)]
    [InlineData(OddDevice.WrongUnit)]
    [InlineData(OddDevice.ShortCount)]
    [InlineData(OddDevice.HalfReply)]
    public async Task A_reply_that_is_not_the_answer_never_becomes_data(int address)
    {
        ReadOutcome outcome = await Odd.ReadAsync(address);
        Assert.True(outcome is ReadOutcome.Broken or ReadOutcome.TimedOut or ReadOutcome.Unreachable, outcome.ToString());
        await Odd.AssertReadsAsync(OddDevice.Good);
    }

    // facts 6.3, 6.4
    [Fact(Timeout = 60_000)]
    public async Task A_late_reply_is_not_taken_for_the_next_one()
    {
        await _reader!.DisposeAsync();
        _reader = new ReaderBench(ReaderBench.Tcp(_port), KnownContents.HoldingRegisters(OddDevice.Good), new JsonObject { ["timeoutMs"] = OddDevice.TooShortMs });
        Assert.IsType<ReadOutcome.TimedOut>(await Odd.ReadAsync(OddDevice.Late));
        await Odd.AssertReadsAsync(OddDevice.Good);
        await Odd.AssertReadsAsync(OddDevice.Good + 1);
    }

    // facts 2.2
    [Fact(Timeout = 60_000)]
    public async Task A_device_that_was_switched_off_and_on_is_read_again()
    {
        await _device!.DisposeAsync();
        Assert.IsType<ReadOutcome.Unreachable>(await Odd.ReadAsync(OddDevice.Good));
        _device = await KnownDevice.StartTcpAsync("libmodbus", _port);
        await Odd.AssertReadsAsync(OddDevice.Good);
    }
}
