using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>A connection and its broker, on a clock that the test moves.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string ClientId = "edge-1/reader";

    private readonly string _bundle = Path.GetTempFileName();
    private readonly TestMeters _meters = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly EdgeEnvironment _environment;
    private readonly ILoggerFactory _logs;
    private Task _running = Task.CompletedTask;

    private Rig(TestBroker broker, TestAuthority authority, FakeTimeProvider time, RigOptions options)
    {
        (Broker, Authority, Time) = (broker, authority, time);
        File.WriteAllText(_bundle, options.TrustBundle ?? authority.TrustBundle);
        _environment = EdgeEnvironment.Read(
            new Dictionary<string, string?>
            {
                ["EdgeHubConnectionString"] = options.IsDevice
                    ? $"HostName={options.Host ?? broker.Address.ToString()};DeviceId=device-1;{options.Credential}"
                    : $"HostName=hub.test;GatewayHostName={options.Host ?? broker.Address.ToString()};DeviceId=edge-1;ModuleId=reader;{options.Credential}",
                ["EdgeModuleCACertificateFile"] = _bundle,
            },
            time);
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Logs)));
        Connection = new HubConnection(_environment, options.Connection, _meters, time, _logs, () => options.Random);
        Connection.OnIncident(Incidents.Enqueue);
    }

    public TestBroker Broker { get; }

    public TestAuthority Authority { get; }

    public FakeTimeProvider Time { get; }

    public HubConnection Connection { get; }

    public FakeLogCollector Logs { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public System.Collections.Concurrent.ConcurrentQueue<HubIncident> Incidents { get; } = [];

    /// <summary>Starts a broker; the connection is not started yet.</summary>
    public static async Task<Rig> CreateAsync(RigOptions? options = null)
    {
        options ??= new RigOptions();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = new TestAuthority(time.GetUtcNow());
        System.Net.IPAddress address = LoopbackAddress.Next();
        TestBroker broker = await TestBroker.StartAsync(address, options.Certificate(authority, address.ToString()), options.Protocols);
        return new Rig(broker, authority, time, options);
    }

    /// <summary>Starts a broker and a connection, and waits until it is connected.</summary>
    public static async Task<Rig> ConnectAsync(RigOptions? options = null)
    {
        Rig rig = await CreateAsync(options);
        rig.Start();
        await rig.UntilAsync(HubConnectionState.Connected);
        return rig;
    }

    public static HubMessage Message(string id, string body = "{}") => new() { MessageId = id, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>A key as a connection string has it.</summary>
    public static string NewKey() => "SharedAccessKey=" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_meters, "Sallyport.IotHub", instrument);

    public void Start() => _running = Connection.RunAsync(_stop.Token);

    public Task UntilAsync(HubConnectionState state) => Wait.UntilAsync(() => Connection.State == state);

    /// <summary>Waits for the next message that is not a twin request.</summary>
    public async Task<Arrival> NextArrivalAsync()
    {
        while (true)
        {
            Arrival arrival = await Broker.Arrivals.ReadAsync(TestContext.Current.CancellationToken);
            if (!arrival.Topic.StartsWith("$iothub/twin/", StringComparison.Ordinal))
            {
                return arrival;
            }
        }
    }

    public Task<SendOutcome> SendAsync(string id, string body = "{}") =>
        Connection.SendAsync("telemetry", Message(id, body), TestContext.Current.CancellationToken);

    /// <summary>Stops the connection; a bug in it comes out here.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        while (!_running.IsCompleted)
        {
            // Whatever limit the connection waits for, it passes.
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(_running, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None));
        }

        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Broker.DisposeAsync();
        _logs.Dispose();
        _environment.Dispose();
        _meters.Dispose();
        _stop.Dispose();
        Authority.Dispose();
        File.Delete(_bundle);
    }
}
