using System.Net;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class MetricsPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Series_have_edgeHubs_own_names_and_labels()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await alpha.SendAsync("%24.on=telemetry", "1", Cancel);
        await alpha.SendAsync("%24.on=nowhere", "2", Cancel);
        _ = await harness.ReceiveAsync();
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);

        PrometheusText metrics = await harness.ReadMetricsAsync();

        string[] common = ["edge_device", "instance_number", "iothub", "ms_telemetry"];
        AssertLabels(metrics, "edgehub_messages_received_total", [.. common, "id", "route_output"]);
        AssertLabels(
            metrics, "edgehub_messages_sent_total", [.. common, "from", "from_route_output", "priority", "to", "to_route_input"]);
        AssertLabels(metrics, "edgehub_queue_length", [.. common, "endpoint", "priority"]);
        AssertLabels(metrics, "edgehub_messages_dropped_total", [.. common, "from", "from_route_output", "reason"]);
        AssertLabels(metrics, "edgehub_connected_clients", common);
        Assert.Equal(
            1,
            metrics.Find(
                "edgehub_messages_received_total",
                ("iothub", "hub.example"),
                ("edge_device", "edge-1"),
                ("instance_number", harness.EdgeHub.InstanceNumber.ToString()),
                ("ms_telemetry", "True"),
                ("id", "edge-1/alpha"),
                ("route_output", "telemetry")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_path_is_not_found()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        HttpResponseMessage answer = await client.GetAsync(new Uri($"http://{harness.Addresses.EdgeHub}:9600/"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static void AssertLabels(PrometheusText metrics, string name, string[] labels) =>
        Assert.Equal(labels.Order(StringComparer.Ordinal), metrics.LabelNames(name));
}
