using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub.Delivery;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.EdgeHub.Twins;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>One run of edgeHub, from start to stop: everything that a restart loses.</summary>
internal sealed partial class EdgeHubRun : IAsyncDisposable
{
    private readonly EdgeHubOptions _options;
    private readonly EdgeHubStore _store;
    private readonly Uplink _uplink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EdgeTwins _twins;
    private readonly EdgeHubRole _role;
    private readonly PendingMethods _methods;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<HubIdentity, byte> _toReport = new();
    private readonly ChangeSignal _reported = new();
    private readonly List<Task> _loops = [];
    private HttpEndpoint? _metricsPage;

    public EdgeHubRun(
        EdgeHubOptions options, ServerCertificate certificate, EdgeHubStore store, Uplink uplink, TimeProvider time, ILogger logger)
    {
        (_options, _store, _uplink, _time, _logger) = (options, store, uplink, time, logger);
        Metrics = new EdgeHubMetrics(uplink.Hub.HostName, options.DeviceId, InstanceNumber);
        Intake = new MessageIntake(options, store, Metrics, time, logger);
        _twins = new EdgeTwins(store, uplink, options.TwinRefreshInterval, time);
        _methods = new PendingMethods(time);
        var tokens = new SasCheck(uplink.Hub.Identities, [uplink.Hub.HostName, options.GatewayHostName], time);
        _role = new EdgeHubRole(tokens, Intake, _twins, _methods, Metrics, ScheduleReport, logger);
        var endpoint = new IPEndPoint(options.Address, SimulationAddresses.MqttPort);
        Server = new MqttRoleServer(endpoint, certificate, _role, time, logger);
        _role.Server = Server;
    }

    public Guid InstanceNumber { get; } = Guid.NewGuid();

    public EdgeHubMetrics Metrics { get; }

    public MessageIntake Intake { get; }

    public MqttRoleServer Server { get; }

    public async Task StartAsync(ILoggerFactory logs, CancellationToken cancellationToken)
    {
        Metrics.ConnectedClients(0);
        StartPumps();
        StartLoop(ReauthenticateAsync);
        StartLoop(FollowUplinkAsync);
        StartLoop(SendReportedAsync);
        foreach (HubIdentity client in _store.KnownTwins)
        {
            ScheduleReport(client); // What an earlier run has not sent.
        }

        _uplink.Attach(_options.DeviceId, new EdgeSide(PatchDesiredAsync, InvokeMethodAsync));
        _metricsPage = await HttpEndpoint.StartAsync(
            kestrel => kestrel.Listen(_options.Address, SimulationAddresses.MetricsPort), AnswerMetricsAsync, logs, cancellationToken);
        await Server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Server.DisposeAsync();
        if (_metricsPage is not null)
        {
            await _metricsPage.DisposeAsync();
        }

        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private void StartPumps()
    {
        var inFlight = new Dictionary<string, SemaphoreSlim>(StringComparer.Ordinal);
        foreach (RouteSink sink in _options.Routes.Routes.Select(route => route.Sink).Distinct())
        {
            EndpointBacklog backlog = _store.Backlog(sink);
            backlog.ReportTo(Metrics);
            if (sink is not RouteSink.ModuleInput input)
            {
                StartLoop(new UpstreamPump(backlog, _uplink, Metrics, _logger).RunAsync);
                continue;
            }

            if (!inFlight.TryGetValue(input.Module, out SemaphoreSlim? oneAtATime))
            {
                oneAtATime = new SemaphoreSlim(1, 1);
                inFlight.Add(input.Module, oneAtATime);
            }

            StartLoop(new InputPump(
                new HubIdentity(_options.DeviceId, input.Module),
                input,
                backlog,
                oneAtATime,
                Server,
                Metrics,
                _options.InputAcknowledgementTimeout,
                _time,
                _logger).RunAsync);
        }
    }

    private void StartLoop(Func<CancellationToken, Task> loop) => _loops.Add(RunLoopAsync(loop));

    private async Task RunLoopAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception e) when (LogFailure(e))
        {
            throw;
        }
    }

    private bool LogFailure(Exception e)
    {
        LogLoopFailed(e);
        return false;
    }

    private async Task ReauthenticateAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_options.ReauthenticationInterval, _time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            _role.Reauthenticate();
        }
    }

    private async Task FollowUplinkAsync(CancellationToken stop)
    {
        long seen = _uplink.State == UplinkState.Open ? _uplink.Outages : _uplink.Outages - 1;
        while (true)
        {
            await _uplink.Changed.WaitUntilAsync(() => _uplink.Outages > seen, stop);
            seen = _uplink.Outages;
            Metrics.WentOffline();
            long since = _time.GetTimestamp();
            await _uplink.Changed.WaitUntilAsync(() => _uplink.State == UplinkState.Open, stop);
            Metrics.CameBack(_time.GetElapsedTime(since));
            LogCameBack(_time.GetElapsedTime(since));
            foreach (HubIdentity client in _store.KnownTwins)
            {
                await _twins.SendReportedAsync(client, stop);
            }

            foreach (HubIdentity client in _role.ConnectedClients)
            {
                await _role.SendDesiredAsync(client, await _twins.RefreshAsync(client, stop), stop);
            }
        }
    }

    private void ScheduleReport(HubIdentity client)
    {
        _toReport[client] = 0;
        _reported.Fire();
    }

    // What is reported within the interval goes to IoT Hub together.
    private async Task SendReportedAsync(CancellationToken stop)
    {
        while (true)
        {
            await _reported.WaitUntilAsync(() => !_toReport.IsEmpty, stop);
            await Task.Delay(_options.ReportedSyncInterval, _time, stop);
            foreach (HubIdentity client in _toReport.Keys)
            {
                _ = _toReport.TryRemove(client, out _);
                await _twins.SendReportedAsync(client, stop);
            }
        }
    }

    // IoT Hub tells edgeHub of changes only for clients that have subscribed to them.
    private async Task PatchDesiredAsync(HubIdentity identity, JsonObject patch, CancellationToken cancellationToken)
    {
        if (Server.Subscriptions.Find(identity.ClientId, HubFeature.DesiredProperties) is not null)
        {
            await _role.SendDesiredAsync(
                identity, await _twins.PatchDesiredAsync(identity, patch, cancellationToken), cancellationToken);
        }
    }

    private Task<MethodResult> InvokeMethodAsync(HubIdentity identity, MethodCall call, CancellationToken cancellationToken) =>
        _methods.InvokeAsync(Server, identity.ClientId, call, cancellationToken);

    private Task AnswerMetricsAsync(HttpContext context) => MetricsReply.WriteAsync(context, Metrics.Render());

    [LoggerMessage(5106, LogLevel.Information, "edgeHub reaches IoT Hub again, after {Duration}")]
    private partial void LogCameBack(TimeSpan duration);

    [LoggerMessage(5105, LogLevel.Error, "A part of edgeHub has failed")]
    private partial void LogLoopFailed(Exception error);
}
