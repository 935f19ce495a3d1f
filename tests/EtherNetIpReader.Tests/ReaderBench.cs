using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIpReader.Tests;

/// <summary>The polling part of the module with controllers that the test scripts, one per host, and a clock that it moves.</summary>
internal sealed class ReaderBench : IAsyncDisposable
{
    private readonly TestMeters _meters = new();
    private readonly AcquisitionTraces _traces = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ScriptedController> _scripts = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private long _version;

    public ReaderBench()
    {
        var acquisition = new AcquisitionMetrics(_meters);
        Metrics = new ReadingMetrics(_meters);
        Outboxes = new ReaderOutboxes(acquisition);
        Controllers = new OpenControllers(Script);
        var parts = new PollingParts(Assembler, Outboxes, acquisition, _traces, () => 0, Time, NullLoggerFactory.Instance);
        var alarm = new MismatchAlarm(
            Events, new ModuleIdentity("edge-1", "EtherNetIpReader", "hub", "1"), Metrics, Time, NullLogger<MismatchAlarm>.Instance);
        Supervisor = new PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan>(
            Plan,
            plan => plan.Sources,
            new PolledControllers(Controllers, alarm, Assembler, parts, Metrics, Time, NullLoggerFactory.Instance),
            parts,
            NullLogger<PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan>>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    public CurrentPlan<EtherNetIpPlan> Plan { get; } = new();

    public FrameAssembler Assembler { get; } = new("01JD3S00000000000000000000");

    public ReaderOutboxes Outboxes { get; }

    public ReadingMetrics Metrics { get; }

    public OpenControllers Controllers { get; }

    public RecordedEvents Events { get; } = new();

    public PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan> Supervisor { get; }

    /// <summary>What is done to a controller before it is used for the first time.</summary>
    public Action<ScriptedController> Prepare { get; set; } = _ => { };

    /// <summary>The controller that was opened last for this host.</summary>
    public ScriptedController Controller(string host = "line-1") => _scripts[host];

    public void Start() => _running = Supervisor.RunAsync(_stop.Token);

    public void Use(string json) => Plan.Replace(Plans.Edition(Plans.Read(json), ++_version));

    /// <summary>Counts what the reader counts from now on.</summary>
    public MetricCollector<long> Collect(string instrument) => new(_meters, ReadingMetrics.MeterName, instrument);

    /// <summary>Waits for the next frame: source, number, points and configuration.</summary>
    public async Task<string> NextFrameAsync()
    {
        JsonElement frame = await NextAsync(Outboxes.Telemetry);
        return $"{frame.GetProperty("source")} {frame.GetProperty("seq")}: {Points(frame)}";
    }

    /// <summary>Waits for the next frame.</summary>
    public Task<JsonElement> NextFrameBodyAsync() => NextAsync(Outboxes.Telemetry);

    /// <summary>Waits for the next status or metadata message: state and reason, or the types of the points and the identity.</summary>
    public async Task<string> NextStatusAsync()
    {
        JsonElement body = await NextAsync(Outboxes.Status);
        return body.TryGetProperty("points", out JsonElement points)
            ? $"metadata {string.Join(' ', points.EnumerateArray().Select(point => $"{point.GetProperty("name")}:{point.GetProperty("type")}"))}{Identity(body)}"
            : $"{body.GetProperty("state")}{(body.TryGetProperty("reason", out JsonElement reason) ? $" {reason}" : "")}";
    }

    /// <summary>Waits until something is so, moving the clock on each look if asked to.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan step = default)
    {
        while (!isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Time.Advance(step);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TestContext.Current.CancellationToken);
        _stop.Dispose();
        _traces.Dispose();
        _meters.Dispose();
    }

    private static async Task<JsonElement> NextAsync(Outbox outbox)
    {
        OutboxEntry entry = (await outbox.TakeAsync(TestContext.Current.CancellationToken))!;
        MessageSchema.Validate(entry.Message);
        return JsonElement.Parse(entry.Message.Body.Span);
    }

    private static string Identity(JsonElement metadata) => metadata.TryGetProperty("identity", out JsonElement identity)
        ? " of " + string.Join('/', identity.EnumerateObject().Select(part => part.Value.GetString()))
        : "";

    private static string Points(JsonElement frame) => string.Join(
        ' ',
        frame.GetProperty("points").EnumerateArray().Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{point.GetProperty("n")}={(point.TryGetProperty("v", out JsonElement value) ? value : point.GetProperty("qs"))}")));

    private ScriptedController Script(ControllerPlan plan, Action<IdentityObject> observed)
    {
        var controller = new ScriptedController(plan, Time, observed);
        Prepare(controller);
        _scripts[plan.Host] = controller;
        return controller;
    }
}
