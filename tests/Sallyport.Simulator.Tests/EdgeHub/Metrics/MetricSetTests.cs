using Sallyport.Simulator.EdgeHub.Metrics;

namespace Sallyport.Simulator.Tests.EdgeHub.Metrics;

public sealed class MetricSetTests
{
    [Fact]
    public void A_page_is_Prometheus_text_with_escaped_labels()
    {
        var metrics = new MetricSet([KeyValuePair.Create("edge_device", "edge-1")]);
        metrics.Add("sent_total", 2, ("to", "up\"\\\n"));
        metrics.Add("sent_total", 1, ("to", "up\"\\\n"));
        metrics.Set("length", 7);
        metrics.Set("length", 0);

        Assert.Equal(
            """
            # TYPE length gauge
            length{edge_device="edge-1"} 0
            # TYPE sent_total counter
            sent_total{edge_device="edge-1",to="up\"\\\n"} 3

            """,
            metrics.Render());
    }
}
