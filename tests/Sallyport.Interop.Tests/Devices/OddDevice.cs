using Sallyport.ModbusMaster.Device;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>The registers of peers/libmodbus_server.c that misbehave, and how to read them.</summary>
internal sealed class OddDevice(ReaderBench reader)
{
    public const int Good = 3;
    public const int Busy = 0x170;
    public const int WrongId = 0x171;
    public const int Late = 0x172;
    public const int SingleBytes = 0x173;
    public const int ShortCount = 0x174;
    public const int WrongUnit = 0x175;
    public const int HalfReply = 0x176;
    public const int Last = 511;

    /// <summary>A time limit that the late register misses by as much as it takes on a busy machine to tell.</summary>
    public const int TooShortMs = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _data = new byte[250];

    /// <summary>Reads two registers.</summary>
    public Task<ReadOutcome> ReadAsync(int address) => reader.ReadAsync(address, 2, _data);

    /// <summary>Reads two registers until there is an answer, which must be theirs: the reader holds off for a while after a failed connection, and the
    /// device may still be busy with what it did before.</summary>
    public async Task AssertReadsAsync(int address)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (await ReadAsync(address) is not ReadOutcome.Good)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(Expected(address), (Register(0), Register(1)));
    }

    private static (long First, long Second) Expected(int address) =>
        ((long)KnownContents.Expected(KnownContents.Name("holdingRegister", address)), (long)KnownContents.Expected(KnownContents.Name("holdingRegister", address + 1)));

    private long Register(int index) => (_data[2 * index] << 8) | _data[(2 * index) + 1];
}
