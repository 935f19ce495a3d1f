using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The polling part of the module with devices that the test scripts, one per connection, and a clock that it moves.</summary>
internal sealed class ReaderBench : IAsyncDisposable
{
    private readonly TestMeters _meters = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ScriptedMaster> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MetricCollector<long>> _counters = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private long _version;

    public ReaderBench()
    {
        foreach (string name in (string[])["polls", "overruns", "skipped", "bad_points"])
        {
            _counters.Add(name, new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, $"sallyport.poll.{name}"));
        }

        _counters.Add("dropped", new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.dropped"));
        _counters.Add("size", new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.size"));
        _counters.Add("identifications", new MetricCollector<long>(_meters, ModbusMetrics.MeterName, "sallyport.modbus.identifications"));

        var metrics = new AcquisitionMetrics(_meters);
        Assembler = new FrameAssembler("01JD3S00000000000000000000");
        Outboxes = new ReaderOutboxes(metrics);
        Masters = new ModbusMasters(plan => Device(((ModbusEndpoint.Tcp)plan.Endpoint).Host));
        var parts = new PollingParts(Assembler, Outboxes, metrics, Traces, () => Random(), Time, NullLoggerFactory.Instance);
        var units = new PolledUnits(Masters, Assembler, parts, new ReadingMetrics(_meters), () => Random(), Time, NullLoggerFactory.Instance);
        Supervisor = new PollingSupervisor<DevicePlan, UnitPlan, PollPlan>(
            Plan, plan => plan.Units, units, parts, NullLogger<PollingSupervisor<DevicePlan, UnitPlan, PollPlan>>.Instance);
    }

    public WatchedTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    /// <summary>Jitter of the first polls and of the waits of silent units: none of either, unless the test says otherwise.</summary>
    public Func<double> Random { get; set; } = () => 0;

    public CurrentPlan<DevicePlan> Plan { get; } = new();

    public FrameAssembler Assembler { get; }

    public ReaderOutboxes Outboxes { get; }

    public AcquisitionTraces Traces { get; } = new();

    public ModbusMasters Masters { get; }

    public PollingSupervisor<DevicePlan, UnitPlan, PollPlan> Supervisor { get; }

    /// <summary>The device behind the connection to this host.</summary>
    public ScriptedMaster Device(string host) => _devices.GetOrAdd(host, _ => new ScriptedMaster());

    public void Start() => _running = Supervisor.RunAsync(_stop.Token);

    /// <summary>The next version of the plan; its configuration hash is <c>cfg</c> and the version.</summary>
    public void Use(params (string Unit, int[] Addresses)[] units) => Use(Plans.Of(units));

    public void Use(DevicePlan plan) => Plan.Replace(Plans.Edition(plan, ++_version));

    /// <summary>Waits for the next frame: source, number, points and configuration.</summary>
    public Task<string> NextFrameAsync() => NextAsync(Outboxes.Telemetry);

    /// <summary>Waits for the next status or metadata message.</summary>
    public Task<string> NextStatusAsync() => NextAsync(Outboxes.Status);

    /// <summary>Waits for the next frame: source and timestamp.</summary>
    public async Task<(string Source, string Instant)> NextInstantAsync()
    {
        OutboxEntry entry = (await Outboxes.Telemetry.TakeAsync(TestContext.Current.CancellationToken))!;
        return (entry.Origin!.Source, entry.Message.CreatedAt!.Value.ToString("O", CultureInfo.InvariantCulture));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TestContext.Current.CancellationToken);
    }

    public long Count(string counter) => _counters[counter].GetMeasurementSnapshot().EvaluateAsCounter();

    public long Count(string counter, string tag, object value) =>
        _counters[counter].GetMeasurementSnapshot().Where(measured => Equals(measured.Tags[tag], value)).Sum(measured => measured.Value);

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
        await StopAsync();
        _stop.Dispose();
        foreach (MetricCollector<long> counter in _counters.Values)
        {
            counter.Dispose();
        }

        Traces.Dispose();
        _meters.Dispose();
    }

    private static async Task<string> NextAsync(Outbox outbox)
    {
        OutboxEntry entry = (await outbox.TakeAsync(TestContext.Current.CancellationToken))!;
        MessageSchema.Validate(entry.Message);
        using JsonDocument document = JsonDocument.Parse(entry.Message.Body);
        JsonElement body = document.RootElement;
        return entry.Message.Properties[MessageProperties.Schema] switch
        {
            Frame.Schema => string.Create(
                CultureInfo.InvariantCulture,
                $"{body.GetProperty("source")} {body.GetProperty("seq")}: {KindUnlessKey(body)}{Points(body)} {entry.Message.Properties[MessageProperties.ConfigurationHash]}"),
            DeviceStatus.Schema => $"{body.GetProperty("source")} {body.GetProperty("state")}",
            _ => $"{body.GetProperty("source")} metadata {entry.Message.Properties[MessageProperties.ConfigurationHash]}{Identity(body)}",
        };
    }

    private static string Identity(JsonElement metadata) => metadata.TryGetProperty("identity", out JsonElement identity)
        ? " " + string.Join('/', identity.EnumerateObject().Select(part => part.Value.GetString()))
        : "";

    private static string KindUnlessKey(JsonElement frame) =>
        frame.GetProperty("frame").GetString() is { } kind && !string.Equals(kind, "key", StringComparison.Ordinal) ? $"{kind} " : "";

    private static string Points(JsonElement frame) => string.Join(
        ' ',
        frame.GetProperty("points").EnumerateArray().Select(point =>
            $"{point.GetProperty("n")}={(point.TryGetProperty("v", out JsonElement value) ? value : point.GetProperty("qs"))}"));
}
