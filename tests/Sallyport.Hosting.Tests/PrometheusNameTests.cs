using Sallyport.Hosting.Metrics;

namespace Sallyport.Hosting.Tests;

public sealed class PrometheusNameTests
{
    [Theory]
    [InlineData("sallyport.buffer.depth", "{messages}", false, "sallyport_buffer_depth")]
    [InlineData("sallyport.modbus.polls", "{polls}", true, "sallyport_modbus_polls_total")]
    [InlineData("sallyport.poll.duration", "s", false, "sallyport_poll_duration_seconds")]
    [InlineData("sallyport.sas.remaining_seconds", "s", false, "sallyport_sas_remaining_seconds")]
    [InlineData("sallyport.buffer.size", "By", false, "sallyport_buffer_size_bytes")]
    [InlineData("sallyport.hub.sent", "By", true, "sallyport_hub_sent_bytes_total")]
    [InlineData("sallyport.lost_total", "{points}", true, "sallyport_lost_total")]
    [InlineData("sallyport.load", "1", false, "sallyport_load")]
    [InlineData("9 lives/µ", "Cel", false, "_9_lives___Cel")]
    public void A_metric_gets_its_unit_and_total(string name, string unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusName.OfMetric(name, unit, isCounter));

    [Theory]
    [InlineData("source", "source")]
    [InlineData("otel.metric.overflow", "otel_metric_overflow")]
    [InlineData("1st", "_1st")]
    [InlineData("", "_")]
    public void A_label_has_only_what_the_grammar_allows(string name, string expected) =>
        Assert.Equal(expected, PrometheusName.OfLabel(name));
}
