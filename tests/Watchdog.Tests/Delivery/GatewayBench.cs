using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Hosting.Scraping;
using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Methods;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.Storage;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>All of the watch but its timer and its sockets, and a gateway to look at.</summary>
internal sealed class GatewayBench : IDisposable
{
    private readonly HttpClient _http;
    private readonly DeliveryLoop _loop;

    /// <param name="folder">On which acknowledgements and hashes are; null for one of its own.</param>
    public GatewayBench(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("watchdog-").FullName;
        _http = new HttpClient(Gateway, disposeHandler: false) { MaxResponseContentBufferSize = MetricsPage.MaxBytes };
        var identity = new ModuleIdentity("gw", "Watchdog", "h", "1");
        var events = new ModuleEvents(Raised, identity, Time);
        var recent = new RecentEvents(Board, identity);
        Alarms = new AlarmBoard();
        Ledger = new AcknowledgementLedger(new LedgerFile(Path.Combine(Folder, "acknowledged.json")), Time);
        var metrics = new DeliveryMetrics(Meters, Board);
        var tale = new DeliveryTale(events, recent, new FakeLogger<DeliveryTale>(Log));
        Devices = new DeviceBoard(new DeviceMetrics(Meters), Time, new FakeLogger<DeviceBoard>(Log));
        AlarmTale = new AlarmTale(events, recent, new AlarmMetrics(Meters, Alarms), new FakeLogger<AlarmTale>(Log));
        Intake = new EventIntake(Devices, recent, new IntakeMetrics(Meters), new FakeLogger<EventIntake>(Log));
        Audit = new ConfigurationAudit(
            new LedgerFile(Path.Combine(Folder, "audited.json")), Host, events, recent, new AuditMetrics(Meters), new FakeLogger<ConfigurationAudit>(Log));
        _loop = new DeliveryLoop(
            new CurrentPlan<WatchdogPlan>(),
            new GatewayScraper(new PageClient(_http, TimeSpan.FromSeconds(5), Time), "edgehub", new ScrapeMetrics(Meters), Time),
            new GatewayWatch(Devices),
            new ReconnectRequest(Hub, metrics, tale, Time),
            Alarms,
            Ledger,
            AlarmTale,
            tale,
            metrics,
            Audit,
            new LastPages(),
            Board,
            Time);
        Acknowledge = new AcknowledgeMethod(Alarms, Ledger, AlarmTale, Board, Time);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Folder { get; }

    public FakeGateway Gateway { get; } = new();

    public SteppedTime Time { get; } = new();

    public RecordedEvents Raised { get; } = new();

    public RecordingHub Hub { get; } = new();

    public TestMeters Meters { get; } = new();

    public StatusBoard Board { get; } = new();

    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public AlarmBoard Alarms { get; }

    public AcknowledgementLedger Ledger { get; }

    public AlarmTale AlarmTale { get; }

    public HostConfiguration Host { get; } = new();

    public DeviceBoard Devices { get; }

    public EventIntake Intake { get; }

    public ConfigurationAudit Audit { get; }

    public AcknowledgeMethod Acknowledge { get; }

    public DeliveryPlan Plan { get; set; } = DeliveryPlan.Default with
    {
        Modules = [WatchedModule.Of("SecureBuffer"), WatchedModule.Of("ModbusReader"), WatchedModule.Of("CertificateManager")],
        EdgeAgent = null,
    };

    public GatewayStatus Status => Board.Current;

    /// <summary>Messages that asked SecureBuffer for another connection.</summary>
    public int Reconnects => Hub.Sent.Count(sent => sent.Output is ReconnectRequest.Output && ControlMessageJson.TryRead(sent.Message.Body.Span, out ControlMessage? message) && message.Action is ControlMessage.Reconnect);

    /// <summary>Lets so much time pass, and looks once.</summary>
    public Task TickAsync(int seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Gateway.Tick(seconds);
        return _loop.LookAsync(Plan, Token);
    }

    /// <summary>Looks, and lets five seconds go by, until so much time has passed.</summary>
    public async Task LiveAsync(int seconds)
    {
        for (var passed = 0; passed < seconds; passed += 5)
        {
            await TickAsync(seconds: 5);
        }
    }

    /// <summary>The same until something is so.</summary>
    /// <returns>How many seconds it took.</returns>
    public async Task<int> LiveUntilAsync(Func<bool> isSo, int most)
    {
        var passed = 0;
        while (!isSo())
        {
            Assert.True(passed < most, $"not within {most} s; alarms: {string.Join(", ", Status.Alarms.Select(alarm => alarm.Id))}; delivery: {Status.Delivery}");
            await TickAsync(seconds: 5);
            passed += 5;
        }

        return passed;
    }

    /// <summary>A module tells something.</summary>
    public Task TellAsync(string module, HubMessage message) => Intake.HandleAsync(new InputMessage(EventIntake.Input, module, message), Token);

    public bool HasAlarm(string id) => Status.Alarms.Any(alarm => string.Equals(alarm.Id, id, StringComparison.Ordinal));

    public void Dispose()
    {
        _http.Dispose();
        Gateway.Dispose();
        Meters.Dispose();
    }

}
