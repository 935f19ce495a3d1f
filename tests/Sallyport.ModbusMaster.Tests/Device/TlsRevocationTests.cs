using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.IotHub.Tests.Broker;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A device whose certificate is revoked while it is being read.</summary>
public sealed class TlsRevocationTests : IDisposable
{
    private const int TestLimit = 60_000;

    private readonly TestMeters _meters = new();
    private readonly TlsFiles _files = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_connection_ends_with_a_clear_reason_when_a_new_list_has_the_device_and_is_not_made_again()
    {
        var lists = new LateList();
        var log = new FakeLogCollector();
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(log)));
        await using var device = new TlsDevice(_files, _files.Device());
        await using IModbusMaster master = new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, logs) { Revocation = lists }
            .Create(device.Plan(_files.Own()));
        var request = new ReadRequest(ModbusTable.HoldingRegister, 1, 2);
        Assert.IsType<ReadOutcome.Good>(await master.ReadAsync(1, request, new byte[250], Stop));

        lists.Revoke();
        ReadOutcome outcome = await master.ReadAsync(1, request, new byte[250], Stop);
        while (outcome is ReadOutcome.Good)
        {
            outcome = await master.ReadAsync(1, request, new byte[250], Stop);
        }

        Assert.Contains(log.GetSnapshot(), record => record.Id.Id == 1103 && record.Message.EndsWith("certificate refused: revoked", StringComparison.Ordinal));
        while (!log.GetSnapshot().Any(record => record.Id.Id == 1105))
        {
            _ = await master.ReadAsync(1, request, new byte[250], Stop);
        }

        Assert.EndsWith("certificate refused: revoked", log.GetSnapshot().Single(record => record.Id.Id == 1105).Message, StringComparison.Ordinal);
    }
}
