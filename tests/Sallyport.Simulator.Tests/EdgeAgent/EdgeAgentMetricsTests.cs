using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EdgeAgent;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeAgent;

/// <summary>edgeAgent's page, and what it does not say.</summary>
public sealed class EdgeAgentMetricsTests
{
    private const string Expected = "edgeAgent_total_time_expected_running_seconds";
    private const string Running = "edgeAgent_total_time_running_correctly_seconds";

    private readonly FakeTimeProvider _time = new();
    private readonly EdgeAgentMetrics _metrics;

    public EdgeAgentMetricsTests() => _metrics = new EdgeAgentMetrics("hub.example", "edge-1", _time);

    [Fact]
    public void Series_have_edgeAgents_own_names_and_labels()
    {
        _metrics.Deployed("Reader", "1.2");
        _metrics.Started("Reader");
        _metrics.Stopped("Reader");
        PrometheusText page = Page();
        string[] common = ["edge_device", "instance_number", "iothub", "module_name"];
        Assert.Equal(common, page.LabelNames(Expected));
        Assert.Equal(common, page.LabelNames(Running));
        Assert.Equal([.. common, "module_version", "ms_telemetry"], page.LabelNames("edgeAgent_module_start_total"));
        Assert.Equal(1, page.Find("edgeAgent_module_start_total", ("module_name", "Reader"), ("module_version", "1.2")));
        Assert.Equal(1, page.Find("edgeAgent_module_stop_total", ("module_name", "Reader")));
    }

    [Fact]
    public void Time_counts_while_a_module_is_deployed_and_runs()
    {
        _metrics.Deployed("Reader", "1.0");
        _time.Advance(TimeSpan.FromSeconds(5));
        _metrics.Started("Reader");
        _time.Advance(TimeSpan.FromSeconds(10));
        _metrics.Ended("Reader");
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((35, 10), Times());
        _metrics.Started("Reader");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((40, 15), Times());
        Assert.Equal(2, Page().Find("edgeAgent_module_start_total", ("module_name", "Reader")));
    }

    [Fact]
    public void A_module_that_leaves_the_deployment_keeps_series_that_stand_still()
    {
        _metrics.Deployed("Reader", "1.0");
        _metrics.Started("Reader");
        _time.Advance(TimeSpan.FromSeconds(10));
        _metrics.Removed("Reader");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((10, 10), Times());
    }

    [Fact]
    public void What_was_never_deployed_is_passed_over()
    {
        _metrics.Started("Nobody");
        Assert.Empty(Page().LabelNames("edgeAgent_module_start_total"));
    }

    private PrometheusText Page() => PrometheusText.Parse(_metrics.Render());

    private (double? Expected, double? Running) Times() => (Page().Find(Expected, ("module_name", "Reader")), Page().Find(Running, ("module_name", "Reader")));
}
