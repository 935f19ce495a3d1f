using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
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
    private readonly ILoggerFactory _logs;
    private readonly Dictionary<string, MetricCollector<long>> _counters = new(StringComparer.Ordinal);

    /// <summary>Starts the device.</summary>
    /// <param name="answer">See <see cref="ScriptedDevice"/>.</param>
    /// <param name="treat">How the connection wants to be treated.</param>
    /// <param name="speaksRtu">Whether the device expects frames of a serial line.</param>
    public MasterBench(Func<DeviceTurn, Task> answer, Func<ConnectionPlan, ConnectionPlan>? treat = null, bool speaksRtu = false)
    {
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
        foreach (string name in (string[])["reads", "refusals", "timeouts", "protocol_errors", "unreachable", "connects", "connect_failures", "connections", "late_replies", "discarded_bytes", "depth_fallbacks"])
        {
            _counters.Add(name, new MetricCollector<long>(_meters, ModbusMetrics.MeterName, $"sallyport.modbus.{name}"));
        }

        _metrics = new ModbusMetrics(_meters);
        Device = new ScriptedDevice(answer, speaksRtu);
        Master = Create(treat is null ? Device.Plan : treat(Device.Plan));
    }

    public ScriptedDevice Device { get; }

    public IModbusMaster Master { get; }

    public FakeTimeProvider Time { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public byte[] Data { get; } = new byte[250];

    public IModbusMaster Create(ConnectionPlan plan, TimeProvider? time = null) => new ModbusMasterFactory(_metrics, time ?? Time, _logs).Create(plan);

    public ValueTask<ReadOutcome> ReadAsync(int address = 100, int quantity = 2, byte unitId = 1) => Master.ReadAsync(
        unitId,
        new ReadRequest(ModbusTable.HoldingRegister, address, quantity),
        Data,
        TestContext.Current.CancellationToken);

    /// <summary>Lets the fake clock run until a task has ended: for waits whose beginning a test cannot see.</summary>
    public async Task<T> RunClockAsync<T>(Task<T> task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(step);
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await task;
    }

    /// <summary>Waits until something is so that the clock does not bring about.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

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
        _logs.Dispose();
    }
}
