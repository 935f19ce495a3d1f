using Microsoft.Extensions.Logging;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub.Delivery;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>edgeHub: routes, queues, twins and methods for the modules of one edge device, with edgeHub's own bad manners.</summary>
internal sealed partial class EdgeHubBroker : IAsyncDisposable
{
    private readonly EdgeHubOptions _options;
    private readonly ServerCertificate _certificate;
    private readonly Uplink _uplink;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private readonly EdgeHubStore _store;
    private EdgeHubRun? _run;

    public EdgeHubBroker(
        EdgeHubOptions options, CertificateAuthority authority, Uplink uplink, TimeProvider time, ILoggerFactory logs)
    {
        (_options, _uplink, _time, _logs) = (options, uplink, time, logs);
        _logger = logs.CreateLogger<EdgeHubBroker>();
        _certificate = authority.IssueEdgeHubServer(options.GatewayHostName);
        _store = new EdgeHubStore(options.DeviceId, time);
    }

    /// <summary>Names this run; new after each restart. Label of every metric.</summary>
    public Guid InstanceNumber => Run.InstanceNumber;

    /// <summary>Messages that wait, by endpoint as metrics name it: «iothub», «device/module/input».</summary>
    public IReadOnlyDictionary<string, int> QueueLengths => _store.QueueLengths();

    /// <summary>The metrics page, without the way over HTTP; empty while edgeHub is stopped.</summary>
    public string MetricsText => _run?.Metrics.Render() ?? string.Empty;

    private EdgeHubRun Run => _run ?? throw new InvalidOperationException("edgeHub is not started.");

    /// <summary>Starts listening, delivering and sending upstream.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var run = new EdgeHubRun(_options, _certificate, _store, _uplink, _time, _logger);
        try
        {
            await run.StartAsync(_logs, cancellationToken);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }

        _run = run;
        LogStarted(_options.Address.ToString(), run.InstanceNumber);
    }

    /// <summary>Ends all connections and stops listening. Queues and twins stay, as on disk.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _run, null) is { } run)
        {
            await run.DisposeAsync();
            LogStopped();
        }
    }

    /// <summary>Ends and starts again: queues and twins stay, sessions, counters and faults do not.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Waits until every queue is empty: all modules and IoT Hub have what was sent to them, or it has expired.</summary>
    public Task WaitUntilDrainedAsync(CancellationToken cancellationToken) =>
        _store.Changed.WaitUntilAsync(() => _store.QueueLengths().Values.All(length => length == 0), cancellationToken);

    /// <summary>Waits until a client has subscribed to a feature.</summary>
    public Task WaitUntilSubscribedAsync(HubIdentity client, HubFeature feature, CancellationToken cancellationToken)
    {
        MqttRoleServer server = Run.Server;
        return server.Changed.WaitUntilAsync(() => server.Subscriptions.Find(client.ClientId, feature) is not null, cancellationToken);
    }

    /// <summary>Acknowledges the next message of a module and forgets it, uncounted: what edgeHub does on a bug of its own.</summary>
    public void DropNextMessageSilently(HubIdentity from) => Run.Intake.DropNext(from);

    /// <summary>Fails to store the next message of a module: it closes the connection without an acknowledgement, and counts it.</summary>
    public void FailNextStore(HubIdentity from) => Run.Intake.FailNext(from);

    /// <summary>Acknowledges no messages until the result is disposed; everything else goes on.</summary>
    /// <param name="client">Whose messages; null for everybody's.</param>
    public IDisposable WithholdAcknowledgements(HubIdentity? client = null) =>
        Run.Server.Faults.WithholdAcknowledgements(client?.ClientId);

    /// <summary>Does not answer the next CONNECT of a client.</summary>
    public void LoseNextConnack(HubIdentity client) => Run.Server.Faults.LoseNextConnack(client.ClientId);

    /// <summary>Makes the client's present connection half-open: it stays up, and nothing passes. A new connection is not affected.</summary>
    /// <returns>False if it is not connected.</returns>
    public bool HalfOpen(HubIdentity client) => Run.Server.MakeHalfOpen(client.ClientId);

    /// <summary>Closes the client's present connection without a word.</summary>
    /// <returns>False if it is not connected.</returns>
    public bool Cut(HubIdentity client) => Run.Server.Cut(client.ClientId);

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        _certificate.Dispose();
    }

    [LoggerMessage(5100, LogLevel.Information, "edgeHub listens on {Address}, instance {Instance}")]
    private partial void LogStarted(string address, Guid instance);

    [LoggerMessage(5101, LogLevel.Information, "edgeHub has stopped")]
    private partial void LogStopped();
}
