using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class ReadingMetricsTests
{
    [Theory]
    [InlineData("divisions", 1)]
    [InlineData("quarantined", 3)]
    public void A_counter_is_there_from_the_start_and_counts(string name, int expected)
    {
        using var meters = new TestMeters();
        using var counter = new MetricCollector<long>(meters, ModbusMetrics.MeterName, $"sallyport.modbus.{name}");
        var metrics = new ReadingMetrics(meters);
        Assert.Equal(0, Assert.Single(counter.GetMeasurementSnapshot()).Value);
        metrics.Divided();
        metrics.Quarantined(points: 3);
        Assert.Equal(expected, counter.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public void Identifications_are_counted_by_outcome()
    {
        using var meters = new TestMeters();
        using var counter = new MetricCollector<long>(meters, ModbusMetrics.MeterName, "sallyport.modbus.identifications");
        var metrics = new ReadingMetrics(meters);
        metrics.Identified(isKnown: true);
        metrics.Identified(isKnown: false);
        Assert.Equal(
            "0 known, 0 unknown, 1 known, 1 unknown",
            string.Join(", ", counter.GetMeasurementSnapshot().Select(measured => $"{measured.Value} {measured.Tags["outcome"]}")));
    }
}
