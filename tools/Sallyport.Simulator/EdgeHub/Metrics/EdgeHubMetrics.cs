using System.Globalization;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.EdgeHub.Metrics;

/// <summary>edgeHub's own metrics, under its own names and labels. They begin anew with each run.</summary>
/// <remarks>Azure/iotedge, doc/BuiltInMetrics.md.</remarks>
internal sealed class EdgeHubMetrics(string hubName, string deviceId, Guid instanceNumber)
{
    private readonly MetricSet _metrics = new(
    [
        KeyValuePair.Create("iothub", hubName),
        KeyValuePair.Create("edge_device", deviceId),
        KeyValuePair.Create("instance_number", instanceNumber.ToString()),
    ]);

    private readonly (string, string) _telemetry = ("ms_telemetry", "True");

    /// <summary>How edgeHub's metrics name IoT Hub as a destination.</summary>
    public const string Upstream = "upstream";

    public void Received(RoutedMessage message) =>
        _metrics.Add(
            "edgehub_messages_received_total", 1, ("route_output", message.Output), ("id", message.Sender.ClientId), _telemetry);

    /// <summary>Messages have been acknowledged by a module, or by IoT Hub.</summary>
    /// <param name="first">The first of them: its output stands for all.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">«upstream», or «device/module».</param>
    /// <param name="input">The module's input, or empty.</param>
    /// <param name="priority">The queue's.</param>
    public void Sent(RoutedMessage first, int count, string to, string input, long priority) =>
        _metrics.Add(
            "edgehub_messages_sent_total",
            count,
            ("from", first.Sender.ClientId),
            ("to", to),
            ("from_route_output", first.Output),
            ("to_route_input", input),
            ("priority", Text(priority)),
            _telemetry);

    /// <param name="endpoint">«iothub», or «device/module/input».</param>
    /// <param name="priority">The queue's; 2000000000 for routes that name none.</param>
    /// <param name="length">Messages not yet acknowledged.</param>
    public void QueueLength(string endpoint, long priority, int length) =>
        _metrics.Set("edgehub_queue_length", length, ("endpoint", endpoint), ("priority", Text(priority)), _telemetry);

    public void DroppedWithoutRoute(RoutedMessage message) => Dropped("no_route", message);

    public void Expired(RoutedMessage message) => Dropped("ttl_expiry", message);

    /// <summary>Not stored, so not acknowledged.</summary>
    public void Unacknowledged(RoutedMessage message) =>
        _metrics.Add(
            "edgehub_messages_unack_total",
            1,
            ("reason", "storage_failure"),
            ("from", message.Sender.ClientId),
            ("from_route_output", message.Output),
            _telemetry);

    public void ConnectedClients(int count) => _metrics.Set("edgehub_connected_clients", count, _telemetry);

    public void ConnectSucceeded(string clientId) =>
        _metrics.Add("edgehub_client_connect_success_total", 1, ("id", clientId), _telemetry);

    public void ConnectFailed(string clientId) =>
        _metrics.Add("edgehub_client_connect_failed_total", 1, ("id", clientId), ("reason", "not_authenticated"), _telemetry);

    public void Disconnected(string clientId) =>
        _metrics.Add("edgehub_client_disconnect_total", 1, ("id", clientId), _telemetry);

    public void WentOffline() => _metrics.Add("edgehub_offline_count_total", 1, ("id", EdgeHubId), _telemetry);

    public void CameBack(TimeSpan after)
    {
        _metrics.Add("edgehub_offline_duration_seconds_sum", after.TotalSeconds, ("id", EdgeHubId), _telemetry);
        _metrics.Add("edgehub_offline_duration_seconds_count", 1, ("id", EdgeHubId), _telemetry);
    }

    public string Render() => _metrics.Render();

    /// <summary>How metrics name an endpoint.</summary>
    public static string EndpointName(RouteSink sink, string deviceId) =>
        sink is RouteSink.ModuleInput input ? $"{deviceId}/{input.Module}/{input.Input}" : "iothub";

    private string EdgeHubId => $"{deviceId}/$edgeHub";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Dropped(string reason, RoutedMessage message) =>
        _metrics.Add(
            "edgehub_messages_dropped_total",
            1,
            ("reason", reason),
            ("from", message.Sender.ClientId),
            ("from_route_output", message.Output),
            _telemetry);
}
