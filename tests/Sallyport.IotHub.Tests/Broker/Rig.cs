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

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly string _bundle = Path.GetTempFileName();
    private readonly TestMeters _meters = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly EdgeEnvironment _environment;
    private readonly ILoggerFactory _logs;
    private Task _running = Task.CompletedTask;

    private Rig(TestBroker broker, TestAuthority authority, FakeTimeProvider time, RigOptions options, CancellationToken over)
    {
        (Broker, Authority, Time, Over) = (broker, authority, time, over);
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

    /// <summary>The test is over.</summary>
    public CancellationToken Over { get; }

    public HubConnection Connection { get; }

    public FakeLogCollector Logs { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public System.Collections.Concurrent.ConcurrentQueue<HubIncident> Incidents { get; } = [];

    /// <summary>Starts a broker; the connection is not started yet.</summary>
    public static async Task<Rig> CreateAsync(CancellationToken over, RigOptions? options = null)
    {
        options ??= new RigOptions();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = new TestAuthority(time.GetUtcNow());
        System.Net.IPAddress address = LoopbackAddress.Next();
        TestBroker broker = await TestBroker.StartAsync(address, options.Certificate(authority, address.ToString()));
        return new Rig(broker, authority, time, options, over);
    }

    /// <summary>Starts a broker and a connection, and waits until it is connected.</summary>
    public static async Task<Rig> ConnectAsync(CancellationToken over, RigOptions? options = null)
    {
        Rig rig = await CreateAsync(over, options);
        await rig.StartAsync();
        return rig;
    }

    public static HubMessage Message(string id, string body = "{}") => new() { MessageId = id, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>A key as a connection string has it.</summary>
    public static string NewKey() => "SharedAccessKey=" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_meters, "Sallyport.IotHub", instrument);

    /// <summary>Sum of a counter's measurements that have a tag.</summary>
    public static long Sum(MetricCollector<long> counter, string tag, string value) => counter.GetMeasurementSnapshot()
        .Where(measurement => measurement.Tags.TryGetValue(tag, out object? found) && Equals(found, value))
        .Sum(measurement => measurement.Value);

    /// <summary>Sum of a counter's measurements.</summary>
    public static long Sum(MetricCollector<long> counter) => counter.GetMeasurementSnapshot().Sum(measurement => measurement.Value);

    /// <summary>Starts the connection and waits until it is connected.</summary>
    public Task StartAsync()
    {
        Launch();
        return UntilAsync(HubConnectionState.Connected);
    }

    /// <summary>Lets the wait before the next attempt pass, and waits until it is connected again.</summary>
    public Task ReconnectAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(300));
        return UntilAsync(HubConnectionState.Connected);
    }

    /// <summary>Moves the clock by small steps until something comes: whoever waits may not have set his timer yet.</summary>
    public async Task<T> AdvanceUntilReadAsync<T>(System.Threading.Channels.ChannelReader<T> reader, TimeSpan step)
    {
        T? item;
        while (!reader.TryRead(out item))
        {
            Time.Advance(step);
            await Task.Delay(Look, TimeProvider.System, Over);
        }

        return item;
    }

    public void Launch() => _running = Connection.RunAsync(_stop.Token);

    public Task UntilAsync(HubConnectionState state) => UntilAsync(() => Connection.State == state);

    /// <summary>Waits for something that another thread does.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(Look, TimeProvider.System, Over);
        }
    }

    /// <summary>Waits for the next message that is not a twin request.</summary>
    public async Task<Arrival> NextArrivalAsync()
    {
        while (true)
        {
            Arrival arrival = await Broker.Arrivals.ReadAsync(Over);
            if (!arrival.Topic.StartsWith("$iothub/twin/", StringComparison.Ordinal))
            {
                return arrival;
            }
        }
    }

    public Task<SendOutcome> SendAsync(string id, string body = "{}") =>
        Connection.SendAsync("telemetry", Message(id, body), Over);

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
