using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>The production master in front of a scripted device, with a clock that only the test moves.</summary>
internal sealed class MasterBench : IAsyncDisposable
{
    private readonly TestMeters _meters = new();
    private readonly ModbusMetrics _metrics;
    private readonly Dictionary<string, MetricCollector<long>> _counters = new(StringComparer.Ordinal);

    public MasterBench(Func<DeviceTurn, Task> answer)
    {
        foreach (string name in (string[])["reads", "refusals", "timeouts", "protocol_errors", "unreachable", "connects", "connect_failures", "connections"])
        {
            _counters.Add(name, new MetricCollector<long>(_meters, ModbusMetrics.MeterName, $"sallyport.modbus.{name}"));
        }

        _metrics = new ModbusMetrics(_meters);
        Device = new ScriptedDevice(answer);
        Master = Create(Device.Plan);
    }

    public ScriptedDevice Device { get; }

    public TcpModbusMaster Master { get; }

    public FakeTimeProvider Time { get; } = new();

    public FakeLogger<TcpModbusMaster> Log { get; } = new();

    public byte[] Data { get; } = new byte[250];

    public TcpModbusMaster Create(ConnectionPlan plan) => new(plan, _metrics, Time, Log);

    public ValueTask<ReadOutcome> ReadAsync(int address = 100, int quantity = 2, byte unitId = 1) => Master.ReadAsync(
        unitId,
        new ReadRequest(ModbusTable.HoldingRegister, address, quantity),
        Data,
        TestContext.Current.CancellationToken);

    public long Count(string counter) => _counters[counter].GetMeasurementSnapshot().EvaluateAsCounter();

    public long Count(string counter, string tag, object value) =>
        _counters[counter].GetMeasurementSnapshot().Where(measured => Equals(measured.Tags[tag], value)).Sum(measured => measured.Value);

    public async ValueTask DisposeAsync()
    {
        await Master.DisposeAsync();
        await Device.DisposeAsync();
        foreach (MetricCollector<long> counter in _counters.Values)
        {
            counter.Dispose();
        }

        _meters.Dispose();
    }
}
