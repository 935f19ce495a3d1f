using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.IotHub.Inputs;
using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Methods;
using Sallyport.IotHub.Sending;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Twin;
using Sallyport.IotHub.Wire;
using Sallyport.Telemetry;

namespace Sallyport.IotHub;

/// <summary>The connection to edgeHub or IoT Hub over MQTT 3.1.1: puts the parts together and hands calls on to them.</summary>
public sealed class HubConnection : IHubConnection
{
    private readonly InputServer _inputs;
    private readonly MethodServer _methods;
    private readonly DesiredFeed _desired;
    private readonly TwinClient _twin;
    private readonly TelemetrySender _sender;
    private readonly IncidentFeed _incidents;
    private readonly ConnectionLoop _loop;
    private int _isRunning;

    /// <summary>Puts a connection together; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="environment">Who we are and where to connect. Not disposed.</param>
    /// <param name="options">Time limits and bounds.</param>
    /// <param name="meters">Owns the meter <c>Sallyport.IotHub</c>.</param>
    /// <param name="time">All clocks and timers, but MQTTnet's keep-alive.</param>
    /// <param name="logs">Where to log.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public HubConnection(EdgeEnvironment environment, HubConnectionOptions options, IMeterFactory meters, TimeProvider time, ILoggerFactory logs)
        : this(environment, options, meters, time, logs, Fraction)
    {
    }

    /// <summary>The same with a source of random numbers, from 0 to below 1.</summary>
    internal HubConnection(
        EdgeEnvironment environment, HubConnectionOptions options, IMeterFactory meters, TimeProvider time, ILoggerFactory logs, Func<double> random)
        : this(environment, options, new HubConnectionMetrics(meters, environment.Identity.ClientId, time), time, logs, random)
    {
    }

    /// <summary>The same with counters that go on from an earlier connection.</summary>
    internal HubConnection(
        EdgeEnvironment environment, HubConnectionOptions options, HubConnectionMetrics metrics, TimeProvider time, ILoggerFactory logs, Func<double> random)
    {
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        ClientIdentity identity = environment.Identity;
        var clock = new MonotonicClock(time);
        var watchdog = new DeliveryWatchdog(options.WatchdogLimit, options.PublishTimeout);
        var delay = new ReconnectDelay(options.FirstDelay, options.LongestDelay, random);
        _incidents = new IncidentFeed(time, logs.CreateLogger<IncidentFeed>());
        _inputs = new InputServer(identity, options.InputDeadline, metrics, time, logs.CreateLogger<InputServer>());
        _methods = new MethodServer(options.MethodDeadline, time, logs.CreateLogger<MethodServer>());
        _desired = new DesiredFeed(logs.CreateLogger<DesiredFeed>());
        _twin = new TwinClient(
            new TwinRequests(options.TwinTimeout, time),
            new ReconnectDelay(options.FirstDelay, options.LongestDelay, random),
            _desired,
            time,
            logs.CreateLogger<TwinClient>());
        _sender = new TelemetrySender(identity, options, watchdog, clock, metrics, time);
        var opener = new SessionOpener(
            environment, environment.Certificate is null ? Tokens(environment, options, time) : null, new TokenRenewal(random), metrics, options.ConnectTimeout, time)
        {
            Revocation = options.Revocation,
        };
        var router = new IncomingRouter(_inputs, _twin, _methods);
        _loop = new ConnectionLoop(
            stop => opener.OpenAsync(Settings(environment, options), router, stop),
            new SessionServer(_sender, _twin),
            new ConnectionJournal(
                $"{environment.GatewayHostName}:{environment.Port}", options, metrics, _incidents, delay, clock, logs.CreateLogger<ConnectionJournal>()),
            watchdog,
            environment.ConfiguredToken is { } configured ? new TokenWatch(new SasLifeMonitor(configured.Token, time), _incidents) : null,
            delay,
            clock,
            time);
    }

    /// <inheritdoc/>
    public HubConnectionState State => _loop.State;

    /// <inheritdoc/>
    public bool Reconnect() => _loop.Reconnect();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It ran before; a connection runs once.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new InvalidOperationException("A connection runs once.");
        }

        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var workers = new CancellationTokenSource();
        Task[] tasks = [_loop.RunAsync(halt.Token), _inputs.RunAsync(workers.Token), _desired.RunAsync(workers.Token)];

        // The loop ends first, unless a worker died; inputs are still handled and acknowledged while it says goodbye.
        await Task.WhenAny(tasks);
        await halt.CancelAsync();
        await tasks[0].ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await workers.CancelAsync();
        await Task.WhenAll(tasks);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The output's name has a slash, or a property has no name or a system property's.</exception>
    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken) =>
        _sender.SendAsync(output, message, cancellationToken);

    /// <inheritdoc/>
    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken) =>
        _twin.ReportAsync(patch, cancellationToken);

    /// <inheritdoc/>
    public void SeedDesired(DesiredProperties desired)
    {
        ThrowIfRunning();
        _twin.Seed(desired);
    }

    /// <inheritdoc/>
    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler)
    {
        ThrowIfRunning();
        _inputs.Add(input, handler);
    }

    /// <inheritdoc/>
    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler)
    {
        ThrowIfRunning();
        _methods.Add(method, handler);
    }

    /// <inheritdoc/>
    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler)
    {
        ThrowIfRunning();
        _desired.Handler = handler;
    }

    /// <inheritdoc/>
    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler)
    {
        ThrowIfRunning();
        _inputs.CloudHandler = handler;
    }

    /// <summary>Hears of incidents; called from the connection's own loop, so it must return at once and not throw.</summary>
    public void OnIncident(Action<HubIncident> handler)
    {
        ThrowIfRunning();
        _incidents.Add(handler);
    }

    internal static double Fraction() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    private static ITokenSource Tokens(EdgeEnvironment environment, HubConnectionOptions options, TimeProvider time)
    {
        if (environment.ConfiguredToken is { } configured)
        {
            return new ConfiguredToken(configured.Text, configured.Token);
        }

        string audience = environment.Identity.IsModule
            ? SasAudience.ForModule(environment.HubHostName, environment.DeviceId, environment.ModuleId)
            : SasAudience.ForDevice(environment.HubHostName, environment.DeviceId);
        return new MintedTokens(new SasTokenMint(environment.Key, audience, time), options.TokenLife);
    }

    private SessionSettings Settings(EdgeEnvironment environment, HubConnectionOptions options)
    {
        ClientIdentity identity = environment.Identity;

        // QoS 1 only where a PUBACK means something. Twin and methods are answered by messages of their own.
        List<(string, bool)> subscriptions =
            [(TwinTopic.ResponseFilter, false), (TwinTopic.DesiredFilter, false), (MethodTopic.RequestFilter, false)];
        if (identity.IsModule && _inputs.HasHandlers)
        {
            subscriptions.Add((InputTopic.Filter(identity), true));
        }

        if (!identity.IsModule && _inputs.CloudHandler is not null)
        {
            subscriptions.Add((CloudMessageTopic.Filter(identity), true));
        }

        return new SessionSettings(identity, identity.UserName(environment.HubHostName, options.Product), options.KeepAlive, subscriptions);
    }

    private void ThrowIfRunning()
    {
        if (Volatile.Read(ref _isRunning) != 0)
        {
            throw new InvalidOperationException("Handlers are registered before the connection runs.");
        }
    }
}
