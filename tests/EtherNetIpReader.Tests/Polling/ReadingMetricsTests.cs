using System.Diagnostics.Metrics;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIpReader.Tests.Polling;

public sealed class ReadingMetricsTests
{
    [Fact]
    public void Every_counter_is_there_from_the_start_with_unit_and_description()
    {
        using var meters = new TestMeters();
        using var listener = new MeterListener();
        var seen = new List<string>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Assert.Equal(0, value);
            Assert.False(string.IsNullOrEmpty(instrument.Unit) || string.IsNullOrEmpty(instrument.Description));
            seen.Add(tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}");
        });
        listener.Start();
        _ = new ReadingMetrics(meters);
        Assert.Equal(
            [
                "sallyport.ethernet_ip.browses failed", "sallyport.ethernet_ip.browses listed",
                "sallyport.ethernet_ip.identity_mismatches", "sallyport.ethernet_ip.learned_types",
            ],
            seen.Order(StringComparer.Ordinal));
    }
}
