using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Scraping;
using Sallyport.IotHub;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Status;
using Sallyport.SecureBuffer.Storage;
using Sallyport.SecureBuffer.Tracing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The whole module but its host, with a clock that is moved by hand.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TestMeters _meters = new();
    private readonly HttpClient _http;
    private readonly Bell _bell;
    private readonly Bell _committerBell;

    /// <param name="plan">In force; null for the default.</param>
    /// <param name="storage">What the lanes rest on: a device in memory in any case, but one that commits go to unless it is <see cref="StorageState.Memory"/>.</param>
    /// <param name="device">Makes a device of a size; null for one in memory.</param>
    /// <param name="folder">Of the rings; null for one that is not there.</param>
    /// <param name="isOpen">False for a start that has not come to its rings yet.</param>
    /// <param name="signer">The device's key for checkpoints; null for none.</param>
    public Bench(
        BufferPlan? plan = null,
        StorageState storage = StorageState.Memory,
        Func<string, int, IBlockDevice>? device = null,
        string? folder = null,
        bool isOpen = true,
        TestSigner? signer = null)
    {
        Signer = signer;
        Plan = plan ?? BufferPlan.Default;
        Plans.Replace(new CurrentPlan<BufferPlan>.Edition(Plan, 1, "cfg"));
        Moments = new MomentClock(Clock);
        _bell = new Bell(Clock);
        _committerBell = new Bell(Clock);
        Lanes = new Lanes(new Lane("alerts", "SecureBuffer"), new Lane("bulk", "SecureBuffer"), _bell, _committerBell, Moments);
        device ??= (_, size) => new MemoryDevice(size);
        if (isOpen)
        {
            Open(Lanes.Alerts, MessageType.Security, device("alerts", Plan.AlertsSizeInBytes), storage);
            Open(Lanes.Bulk, MessageType.Telemetry, device("bulk", Plan.SizeInBytes), storage);
            Lanes.Open();
        }

        IMeterFactory meters = Meters;
        LaneMetrics = new LaneMetrics(meters, Lanes, Moments);
        CourierMetrics = new CourierMetrics(meters, Lanes);
        Uplinks = new Uplinks(EdgeHub);
        _http = new HttpClient(EdgeHub, disposeHandler: false) { MaxResponseContentBufferSize = MetricsPage.MaxBytes };
        var client = new EdgeHubMetricsClient(new PageClient(_http, EdgeHubMetricsClient.Limit, Clock), new Uri("http://edgeHub:9600/metrics"), "device/SecureBuffer");
        Courier = new Courier(Uplinks, Lanes, client, CourierMetrics, new Checkpointer(new CheckpointKey(Signer), CourierMetrics, Moments, CheckpointerLog), Traces, Moments, CourierLog);
        IntakeMetrics = new IntakeMetrics(meters, Lanes);
        Intake = new InputIntake(Lanes, Plans, IntakeMetrics, Traces, IntakeLog);
        var window = new LossWindow(CourierMetrics, Plans);
        StorageMetrics = new StorageMetrics(meters, Lanes, window);
        Announcer = new Announcer(Lanes, new ModuleIdentity("device", "SecureBuffer", "hub.example", "1"), new CheckpointKey(Signer), AnnouncerLog);
        Committer = new Committer(Lanes, Announcer, window, StorageMetrics, Moments, CommitterLog);
        Loop = new CourierLoop(Courier, Lanes, _bell, Plans, Intake, LaneMetrics, Clock, LoopLog);
        ControlMetrics = new ControlMetrics(meters);
        Control = new ControlIntake(Uplinks, ControlMetrics, Clock, ControlLog);
        DecommissionMetrics = new DecommissionMetrics(meters);
        var audit = new DecommissionAudit(new RingEventSink(Lanes, IntakeMetrics), EdgeHub, Identity, Clock, AuditLog);
        var place = new RingPlace(folder ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), []);
        Decommissioner = new Decommissioner(Lanes, Intake, place, Identity, audit, DecommissionMetrics, Moments, Clock, DecommissionerLog);
        Decommission = new DecommissionMethod(
            new ChallengeBook(Clock, RandomNumberGenerator.Fill), Decommissioner, Lanes, Identity, audit, DecommissionMetrics, Moments, Clock);
        Methods = new StatusMethods(Lanes, CourierMetrics, Plans, Decommissioner, Moments);
    }

    public static ModuleIdentity Identity { get; } = new("edge-1", "SecureBuffer", "hub.test", "1");

    public BufferPlan Plan { get; }

    public ObservedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    public MomentClock Moments { get; }

    public FakeEdgeHub EdgeHub { get; } = new();

    public CurrentPlan<BufferPlan> Plans { get; } = new();

    public Lanes Lanes { get; }

    public Uplinks Uplinks { get; }

    public Courier Courier { get; }

    public CourierLoop Loop { get; }

    public InputIntake Intake { get; }

    public StatusMethods Methods { get; }

    public ControlIntake Control { get; }

    public Decommissioner Decommissioner { get; }

    public DecommissionMethod Decommission { get; }

    public ControlMetrics ControlMetrics { get; }

    public DecommissionMetrics DecommissionMetrics { get; }

    public FakeLogger<ControlIntake> ControlLog { get; } = new();

    public FakeLogger<DecommissionAudit> AuditLog { get; } = new();

    public FakeLogger<Decommissioner> DecommissionerLog { get; } = new();

    public BufferTraces Traces { get; } = new();

    public LaneMetrics LaneMetrics { get; }

    public CourierMetrics CourierMetrics { get; }

    public IntakeMetrics IntakeMetrics { get; }

    public StorageMetrics StorageMetrics { get; }

    public Announcer Announcer { get; }

    public Committer Committer { get; }

    public FakeLogger<Checkpointer> CheckpointerLog { get; } = new();

    public TestSigner? Signer { get; }

    public FakeLogger<Announcer> AnnouncerLog { get; } = new();

    public FakeLogger<Committer> CommitterLog { get; } = new();

    public FakeLogger<Courier> CourierLog { get; } = new();

    public FakeLogger<InputIntake> IntakeLog { get; } = new();

    public FakeLogger<CourierLoop> LoopLog { get; } = new();

    public IMeterFactory Meters => _meters;

    /// <summary>A record of so many bytes whose number can be found again.</summary>
    public static RingRecord Record(int number, MessageType? type = null, int size = 40) =>
        new(type ?? MessageType.Telemetry, Json(number, size), Quality: null);

    public static byte[] Json(int number, int size = 40)
    {
        var head = $"{{\"i\":{number},\"x\":\"";
        return Encoding.UTF8.GetBytes(head + new string('x', Math.Max(0, size - head.Length - 2)) + "\"}");
    }

    public static InputMessage Input(string id, byte[] body, string type = "telemetry", string sender = "ModbusReader") => new("telemetry", sender, new HubMessage
    {
        MessageId = id,
        Body = body,
        Properties = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [MessageProperties.MessageType] = type },
            StringComparer.OrdinalIgnoreCase),
    });

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(Meters, "Sallyport.SecureBuffer", instrument, Clock);

    /// <summary>Steps, and moves the clock by what the courier wants to sleep, until it waits for work.</summary>
    /// <param name="most">So many steps and no more.</param>
    public async Task DeliverAsync(int most = 100)
    {
        for (var steps = 0; steps < most; steps++)
        {
            CourierStep step = await Courier.StepAsync(Plan, CancellationToken.None);
            if (step is { WakesOnWork: true, Sleep: null })
            {
                return;
            }

            Clock.Advance(step.Sleep!.Value);
        }
    }

    /// <summary>Steps until something has happened.</summary>
    public async Task StepUntilAsync(Func<bool> isDone)
    {
        for (var steps = 0; steps < 100 && !isDone(); steps++)
        {
            await DeliverAsync(most: 1);
        }

        Assert.True(isDone());
    }

    /// <summary>Appends pages of one record each to the bulk lane.</summary>
    public void AppendPages(int count)
    {
        for (var number = 0; number < count; number++)
        {
            Lanes.Append(Record(number));
            Lanes.Bulk.Seal(Moments.Now);
        }
    }

    public void Dispose()
    {
        _bell.Dispose();
        _committerBell.Dispose();
        Lanes.Dispose();
        _http.Dispose();
        EdgeHub.Dispose();
        Traces.Dispose();
        _meters.Dispose();
    }

    private void Open(Lane lane, MessageType gapType, IBlockDevice device, StorageState storage)
    {
        var file = new RingFile(LaneRing.OptionsFor(gapType, Plan), [new FileKeyWrapper(SecretKey.Copy(new byte[SecretKey.Size]), RandomNumberGenerator.Fill)], Clock)
        {
            Verifier = Plan.Verifier,
        };
#pragma warning disable VSTHRD002 // A file key answers at once.
        RingOpening opening = file.OpenAsync(device, LaneRing.SnapshotBlocksFor(Plan), CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(opening);
        lane.Open(opened.Ring, device, storage);
    }
}
