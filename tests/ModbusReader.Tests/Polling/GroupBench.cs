using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Acquisition.Polling;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The reading of one group of a scripted device, with a clock that the test moves. Waits have their full length.</summary>
internal sealed class GroupBench : IAsyncDisposable
{
    private readonly TestMeters _meters = new();
    private readonly MetricCollector<long> _divisions;
    private readonly MetricCollector<long> _quarantined;
    private readonly ReadingMetrics _metrics;

    public GroupBench(FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
        _divisions = new MetricCollector<long>(_meters, ModbusMetrics.MeterName, "sallyport.modbus.divisions");
        _quarantined = new MetricCollector<long>(_meters, ModbusMetrics.MeterName, "sallyport.modbus.quarantined");
        _metrics = new ReadingMetrics(_meters);
    }

    public FakeTimeProvider Time { get; }

    public ScriptedMaster Master { get; } = new();

    /// <summary>What the random numbers are.</summary>
    public double Random { get; set; }

    public string Requests => string.Join(", ", Master.Requests);

    public long Divisions => _divisions.GetMeasurementSnapshot().EvaluateAsCounter();

    public long Quarantined => _quarantined.GetMeasurementSnapshot().EvaluateAsCounter();

    public static Task<PollResult> ReadAsync(GroupReader reader) => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public static string Describe(PollResult result) => string.Join(
        ' ',
        result.Points.Select(point => point.Value is { } value ? $"{point.Name}={value}" : $"{point.Name}={point.Status}({point.Reason})"));

    /// <summary>A reader of holding registers at these addresses.</summary>
    public GroupReader Reader(params int[] addresses) => Reader(Plans.Of(("u", addresses)));

    public GroupReader Reader(DevicePlan plan)
    {
        UnitPlan unit = Assert.Single(plan.Units);
        return new GroupReader(unit, Assert.Single(unit.Polls), Master, _metrics, Time, () => Random, NullLogger<GroupReader>.Instance);
    }

    /// <summary>Polls, and says which requests it took.</summary>
    public async Task<string> RequestsOfPollAsync(GroupReader reader)
    {
        Master.Requests.Clear();
        await ReadAsync(reader);
        return Requests;
    }

    public async ValueTask DisposeAsync()
    {
        await Master.DisposeAsync();
        _divisions.Dispose();
        _quarantined.Dispose();
        _meters.Dispose();
    }
}
