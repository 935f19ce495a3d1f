using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Telemetry;

namespace Sallyport.IotHub;

/// <summary>The connection to edgeHub or IoT Hub over MQTT 3.1.1.</summary>
public sealed class HubConnection(
    EdgeEnvironment environment,
    HubConnectionOptions options,
    IMeterFactory meters,
    TimeProvider time,
    ILoggerFactory logs) : IHubConnection
{
    /// <inheritdoc/>
    public HubConnectionState State { get; private set; }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stop) =>
        throw new NotSupportedException($"Not written yet: {environment.DeviceId}{options.Product}{meters}{time}{logs}.");

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void SeedDesired(DesiredProperties desired) => throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler) => throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) =>
        throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler) => throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler) => throw new NotSupportedException("Not written yet.");

    /// <summary>Hears of incidents; called from the connection's own loop, so it must return at once and not throw.</summary>
    public void OnIncident(Action<HubIncident> handler) => throw new NotSupportedException("Not written yet.");
}
