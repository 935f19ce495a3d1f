using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

public sealed class ModbusMetricsTests
{
    [Theory]
    [InlineData("reads", 1)]
    [InlineData("refusals", 9)]
    [InlineData("timeouts", 1)]
    [InlineData("protocol_errors", 7)]
    [InlineData("unreachable", 1)]
    [InlineData("connects", 1)]
    [InlineData("connect_failures", 1)]
    [InlineData("connections", 1)]
    [InlineData("late_replies", 1)]
    [InlineData("discarded_bytes", 1)]
    [InlineData("depth_fallbacks", 1)]
    public void A_counter_is_there_from_the_start_with_all_its_labels(string name, int series)
    {
        using var meters = new TestMeters();
        using var counter = new MetricCollector<long>(meters, ModbusMetrics.MeterName, $"sallyport.modbus.{name}");
        _ = new ModbusMetrics(meters);
        Assert.Equal(series, counter.GetMeasurementSnapshot().Count);
        Assert.All(counter.GetMeasurementSnapshot(), measured => Assert.Equal(0, measured.Value));
    }

    [Fact]
    public void Answers_are_timed_and_silence_is_not()
    {
        using var meters = new TestMeters();
        using var roundTrip = new MetricCollector<double>(meters, ModbusMetrics.MeterName, "sallyport.modbus.round_trip");
        var metrics = new ModbusMetrics(meters);
        metrics.Ended(ExchangeEnd.Answered(ReadReply.Good(dataLength: 2)), TimeSpan.FromMilliseconds(20));
        metrics.Ended(ExchangeEnd.Answered(ReadReply.Refused(new ModbusExceptionCode(2))), TimeSpan.FromMilliseconds(30));
        metrics.Ended(ExchangeEnd.TimedOut, TimeSpan.FromSeconds(1));
        Assert.Equal([0.02, 0.03], roundTrip.GetMeasurementSnapshot().Select(measured => measured.Value));
    }
}
