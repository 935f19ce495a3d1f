using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>The instruments.</summary>
public sealed class EtherNetIpMetricsTests
{
    [Theory]
    [InlineData("requests")]
    [InlineData("timeouts")]
    [InlineData("protocol_errors")]
    [InlineData("late_replies")]
    [InlineData("connects")]
    [InlineData("connect_failures")]
    [InlineData("sockets")]
    [InlineData("forward_open_refusals")]
    [InlineData("capabilities_learned")]
    [InlineData("wrong_devices")]
    [InlineData("quarantines")]
    [InlineData("status_changes")]
    public void Each_counter_is_there_from_the_start_with_zero(string name)
    {
        using var meters = new TestMeters();
        using var counter = new MetricCollector<long>(meters, EtherNetIpMetrics.MeterName, $"sallyport.ethernet_ip.{name}");
        _ = new EtherNetIpMetrics(meters);
        Assert.Equal([0L], counter.GetMeasurementSnapshot().Select(one => one.Value));
        Assert.NotNull(counter.Instrument!.Unit);
        Assert.NotNull(counter.Instrument.Description);
    }

    [Fact]
    public void An_answer_is_counted_with_its_time()
    {
        using var meters = new TestMeters();
        using var roundTrip = new MetricCollector<double>(meters, EtherNetIpMetrics.MeterName, "sallyport.ethernet_ip.round_trip");
        var metrics = new EtherNetIpMetrics(meters);
        metrics.Answered(TimeSpan.FromMilliseconds(20));
        Assert.Equal([0.02], roundTrip.GetMeasurementSnapshot().Select(one => one.Value));
    }
}
