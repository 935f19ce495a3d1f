using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.IotHub.Environments;
using Sallyport.IotHub.Lifecycle;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Provisioning;

/// <summary>A device of its own at IoT Hub, past edgeHub: finds its hub, connects with its certificate, and registers anew when the hub does not want it any more.</summary>
/// <remarks>Certificates are read anew before each registration and when they change, so a renewal needs no restart. All members are safe to call from any thread.</remarks>
public sealed partial class DirectUplink : IDirectUplink
{
    // An assignment to a hub that is gone looks like a network that is down.
    private static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly IDeviceCertificates _certificates;
    private readonly OwnCertificateCheck _check;
    private readonly string _rootsFile;
    private readonly HubConnectionOptions _options;
    private readonly DirectUplinkMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger<DirectUplink> _logger;
    private readonly AssignmentFinder _finder;
    private readonly IncidentFeed _incidents;
    private readonly ReconnectDelay _delay;
    private volatile HubConnection? _hub;
    private string _reported = "";

    /// <summary>Puts it together; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="certificates">Ours.</param>
    /// <param name="provisioner">Says which hub.</param>
    /// <param name="store">Remembers it.</param>
    /// <param name="check">Looks for what is wrong with our certificate when it is refused.</param>
    /// <param name="rootsFile">PEM: the only roots that the hub's certificate may end in.</param>
    /// <param name="options">Time limits and bounds of the connection.</param>
    /// <param name="metrics">Counts; shared by all direct uplinks of the process.</param>
    /// <param name="time">All clocks and timers.</param>
    /// <param name="logs">Where to log.</param>
    public DirectUplink(
        IDeviceCertificates certificates,
        IDeviceProvisioner provisioner,
        AssignmentStore store,
        OwnCertificateCheck check,
        string rootsFile,
        HubConnectionOptions options,
        DirectUplinkMetrics metrics,
        TimeProvider time,
        ILoggerFactory logs)
    {
        (_certificates, _check, _rootsFile, _options, _metrics, _time, _logs) = (certificates, check, rootsFile, options, metrics, time, logs);
        _logger = logs.CreateLogger<DirectUplink>();
        _finder = new AssignmentFinder(provisioner, store, metrics, logs.CreateLogger<AssignmentFinder>());
        _incidents = new IncidentFeed(time, logs.CreateLogger<IncidentFeed>());
        _delay = new ReconnectDelay(options.FirstDelay, options.LongestDelay, HubConnection.Fraction);
    }

    /// <inheritdoc/>
    public HubConnectionState State => _hub?.State ?? HubConnectionState.BackingOff;

    /// <summary>Hears of incidents; called from the uplink's own loop, so it must return at once and not throw. Before <see cref="RunAsync"/>.</summary>
    public void OnIncident(Action<HubIncident> handler) => _incidents.Add(handler);

    /// <inheritdoc/>
    public bool Reconnect() => _hub?.Reconnect() ?? false;

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(HubMessage message, CancellationToken cancellationToken) =>
        _hub?.SendAsync("", message, cancellationToken) ?? Task.FromResult<SendOutcome>(SendOutcome.NotConnected.Instance);

    /// <summary>Registers, connects and serves until <paramref name="stop"/> is cancelled, then disconnects in good order.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        bool isAnew = false;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                TimeSpan wait;
                (isAnew, wait) = await RunOnceAsync(isAnew, stop);
                await Task.Delay(wait, _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As asked.
        }
    }

    // Whether to register anew the next time, and how long until then.
    private async Task<(bool IsAnew, TimeSpan Wait)> RunOnceAsync(bool isAnew, CancellationToken stop)
    {
        var watch = new CertificateWatch(_certificates, _time);
        OwnCertificates reading = await watch.ReadAsync(stop);
        if (reading is not OwnCertificates.Found { Certificates: var own })
        {
            _metrics.NoCertificate();
            LogNoCertificate((reading as OwnCertificates.None)?.Reason ?? "");
            return (isAnew, _delay.Next());
        }

        try
        {
            FoundAssignment found = await _finder.FindAsync(own, isAnew, stop);
            Report(found);
            if (found.Assignment is not { } assignment)
            {
                TimeSpan wait = _delay.Next();
                return (true, wait > found.RetryAfter ? wait : found.RetryAfter);
            }

            ServiceEnd end = await ServeAsync(assignment, own, found.Certificate, watch, stop);
            if (end == ServiceEnd.Renewed)
            {
                LogRenewed(found.Certificate.ToString());
                return (false, TimeSpan.Zero);
            }

            bool isRefused = end == ServiceEnd.Refused;
            LogRegisterAnew(assignment.HubHostName, isRefused ? "it refuses us" : $"it was out of reach for {LongestAway.TotalMinutes:0} min");
            return (true, isRefused ? _delay.Next() : TimeSpan.Zero);
        }
        finally
        {
            CertificateWatch.Dispose(own);
        }
    }

    private async Task<ServiceEnd> ServeAsync(
        HubAssignment assignment, ImmutableArray<DeviceCertificate> own, DeviceCertificate certificate, CertificateWatch watch, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using EdgeEnvironment environment = EdgeEnvironment.ForDevice(
            assignment, certificate, _check, cancellation => RootFile.ReadAsync("rootsFile", _rootsFile, cancellation));
        var hub = new HubConnection(environment, _options, _metrics.Connection, _time, _logs, HubConnection.Fraction);
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.OnIncident(incident =>
        {
            _incidents.Pass(incident);
            if (incident.Kind == HubIncidentKind.AuthenticationFailures)
            {
                refused.TrySetResult();
            }
        });
        _hub = hub;
        Task running = hub.RunAsync(end.Token);
        Task<bool> renewed = watch.WaitUntilRenewedAsync(own, certificate, () => hub.State == HubConnectionState.Connected, end.Token);
        try
        {
            await Task.WhenAny(running, refused.Task, renewed, WaitUntilAwayAsync(hub, end.Token));
        }
        finally
        {
            await end.CancelAsync();
            await running;
            _hub = null;
        }

        stop.ThrowIfCancellationRequested();
        return refused.Task.IsCompleted ? ServiceEnd.Refused : await renewed ? ServiceEnd.Renewed : ServiceEnd.Away;
    }

    private async Task WaitUntilAwayAsync(HubConnection hub, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Look, _time);
        long lastSeen = _time.GetTimestamp();
        try
        {
            while (_time.GetElapsedTime(lastSeen) < LongestAway && await timer.WaitForNextTickAsync(end))
            {
                if (hub.State == HubConnectionState.Connected)
                {
                    lastSeen = _time.GetTimestamp();
                    _delay.Reset();
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Somebody else was first.
        }
    }

    // Once for each thing that the service has to say.
    private void Report(FoundAssignment found)
    {
        if (found.IsRefused && !string.Equals(found.Words, _reported, StringComparison.Ordinal))
        {
            _incidents.Raise(HubIncidentKind.ProvisioningRefused, $"The provisioning service refuses '{found.Certificate.CommonName}': {found.Words}.");
        }

        _reported = found.Words;
    }

    [LoggerMessage(3410, LogLevel.Error, "The direct uplink has no certificate to connect with: {Reason}")]
    private partial void LogNoCertificate(string reason);

    [LoggerMessage(3412, LogLevel.Information, "There is another certificate than our {Certificate}: connecting again with what there is now.")]
    private partial void LogRenewed(string certificate);

    [LoggerMessage(3411, LogLevel.Warning, "Registering anew, because of {Hub}: {Reason}.")]
    private partial void LogRegisterAnew(string hub, string reason);
}
