using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Trouble that goes on for days costs no memory (facts 2.15).</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class EndlessTroubleTests
{
    private const int TestLimit = 60_000;
    private const int Reads = 9000;

    // Less than any object for each read would need.
    private const long MostBytes = 128 * 1024;

    private static readonly ReadRequest Request = new(ModbusTable.HoldingRegister, 100, 2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly ReadOutcome Refused = new ReadOutcome.Refused(new ModbusExceptionCode(11));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestLimit)]
    public async Task Refusals_and_late_answers_without_end_do_not_grow_the_memory()
    {
        using var meters = new TestMeters();
        var time = new FakeTimeProvider();
        using var asked = new SemaphoreSlim(0);
        int turns = 0;
        (int Connection, byte[] Answer) late = (0, []);
        await using var device = new ScriptedDevice(async turn =>
        {
            if (turns++ % 3 == 0)
            {
                late = (turn.Connection, turn.Correct());
                asked.Release();
                return;
            }

            // A time-out may have been one too many for the connection, and its late answer ends with it.
            await turn.SendAsync([.. turn.Connection == late.Connection ? late.Answer : [], .. turn.Exception(11)]);
            late = (0, []);
        });
        await using IModbusMaster master = new ModbusMasterFactory(new ModbusMetrics(meters), time, NullLoggerFactory.Instance).Create(device.Plan);
        byte[] data = new byte[250];
        await SufferAsync(Reads / 3);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await SufferAsync(Reads);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostBytes);

        async Task SufferAsync(int reads)
        {
            for (int i = 0; i < reads; i += 3)
            {
                Task<ReadOutcome> silent = master.ReadAsync(1, Request, data, Stop).AsTask();
                await asked.WaitAsync(Stop);
                time.Advance(Limit);
                Assert.IsType<ReadOutcome.TimedOut>(await silent);
                Assert.Equal(Refused, await master.ReadAsync(2, Request, data, Stop));
                Assert.Equal(Refused, await master.ReadAsync(2, Request, data, Stop));
            }

            device.Requests.Clear();
        }
    }
}
