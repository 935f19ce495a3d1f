using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Identity.Revocation;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>What is demanded of a device's certificate, and what an operator may have not demanded.</summary>
public sealed class TlsDemandTests : IDisposable
{
    private const int TestLimit = 60_000;

    private readonly TestMeters _meters = new();
    private readonly TlsFiles _own = new();
    private readonly TlsPlant _plant = new();
    private readonly FakeLogCollector _log = new();
    private readonly ILoggerFactory _logs;
    private readonly ModbusMetrics _metrics;

    public TlsDemandTests()
    {
        _metrics = new ModbusMetrics(_meters);
        _logs = LoggerFactory.Create(logging => logging.AddProvider(new FakeLoggerProvider(_log)));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _plant.Dispose();
        _own.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_of_the_plant_is_read_once_a_list_says_that_it_is_not_revoked_and_is_cut_off_when_one_says_it_is()
    {
        await using var device = new TlsDevice(_own, _plant.Certify());
        TlsPlan plan = _plant.Plan(_own);
        Assert.Equal("certificate refused: revocation-unknown", await ReadAsync(device.Plan(plan)));
        _plant.Publish();
        await using IModbusMaster master = Create(device.Plan(plan));
        Assert.IsType<ReadOutcome.Good>(await ReadAsync(master));
        Assert.DoesNotContain(_log.GetSnapshot(), entry => entry.Id.Id == 1106);

        _plant.Publish(_plant.Device);
        while (await ReadAsync(master) is not ReadOutcome.Unreachable { Reason: "certificate refused: revoked" })
        {
            await Task.Yield();
        }
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_foreign_certificate_and_an_authority_without_lists_are_refused_unless_the_plan_says_so_and_then_it_is_told_and_counted()
    {
        using var relaxed = new MetricCollector<long>(_meters, ModbusMetrics.MeterName, "sallyport.modbus.relaxed_connects");
        await using var device = new TlsDevice(_own, _own.Device());
        TlsPlan allowed = _own.Own();
        Assert.Equal("certificate refused: wrong-key-usage", await ReadAsync(device.Plan(allowed with { IsForeign = false })));
        Assert.Equal("certificate refused: revocation-unknown", await ReadAsync(device.Plan(allowed with { Revocation = RevocationPolicy.Require.Instance })));
        Assert.DoesNotContain(relaxed.GetMeasurementSnapshot(), one => one.Value > 0);

        await using IModbusMaster master = Create(device.Plan(allowed));
        Assert.IsType<ReadOutcome.Good>(await ReadAsync(master));
        Assert.Equal(
            ["foreign-certificate", "no-revocation-lists"],
            relaxed.GetMeasurementSnapshot().Where(one => one.Value > 0).Select(one => one.Tags["relaxation"]).Order());
        Assert.Equal(2, _log.GetSnapshot().Count(entry => entry.Id.Id == 1106));
    }

    private IModbusMaster Create(ConnectionPlan plan) => new ModbusMasterFactory(_metrics, TimeProvider.System, _logs) { Revocation = _plant.Lists }.Create(plan);

    private static async Task<ReadOutcome> ReadAsync(IModbusMaster master) =>
        await master.ReadAsync(1, new ReadRequest(ModbusTable.HoldingRegister, 100, 2), new byte[250], TestContext.Current.CancellationToken);

    private async Task<string> ReadAsync(ConnectionPlan plan)
    {
        await using IModbusMaster master = Create(plan);
        return Assert.IsType<ReadOutcome.Unreachable>(await ReadAsync(master)).Reason;
    }
}
