using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using IdentityObject = Sallyport.EtherNetIp.Identity.IdentityObject;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>The production controller in front of the simulator's, which was written apart from it, with a clock that only the test moves.</summary>
internal sealed class ControllerBench : IAsyncDisposable
{
    private readonly TestMeters _meters = new();
    private readonly ConcurrentDictionary<string, MetricCollector<long>> _counters = new(StringComparer.Ordinal);
    private readonly ILoggerFactory _logs;
    private readonly List<IController> _others = [];

    public ControllerBench(EtherNetIpDevice device, Func<ControllerPlan, ControllerPlan>? treat = null)
    {
        Plant = new EtherNetIpPlantServer(device, new PlantLedger(), new IPEndPoint(IPAddress.Loopback, 0), TimeProvider.System, NullLogger<EtherNetIpPlantServer>.Instance);
        Plant.Start();
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
        Count("requests");
        foreach (string name in (string[])
            ["timeouts", "protocol_errors", "late_replies", "connects", "connect_failures", "forward_open_refusals", "capabilities_learned", "wrong_devices", "quarantines", "status_changes"])
        {
            Count(name);
        }

        Metrics = new EtherNetIpMetrics(_meters);
        var plan = new ControllerPlan("line", "127.0.0.1", Plant.Endpoint.Port, RoutePath.None) { UsesInstanceNumbers = true };
        Controller = new Controller(treat is null ? plan : treat(plan), Metrics, Time, _logs.CreateLogger<Controller>(), static () => 0, Observed.Add);
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public EtherNetIpPlantServer Plant { get; }

    public EtherNetIpMetrics Metrics { get; }

    public Controller Controller { get; }

    public ConcurrentBag<IdentityObject> Observed { get; } = [];

    /// <summary>A CompactLogix.</summary>
    public static ControllerBench Logix(Func<ControllerPlan, ControllerPlan>? treat = null, DeviceTraits? traits = null) =>
        new(CompactLogix.Create("line", traits ?? DeviceTraits.CompactLogix, new PlantLedger(), TimeProvider.System), treat);

    /// <summary>A Micro850.</summary>
    public static ControllerBench Micro(Func<ControllerPlan, ControllerPlan>? treat = null) =>
        new(Micro850.Create("press", new PlantLedger(), TimeProvider.System), treat);

    public static RoutePath Route(string text) => Assert.IsType<RouteOutcome.Parsed>(RoutePath.Parse(text)).Route;

    public static TagRequest Tag(string name, CipDataType? type = null) =>
        new(Assert.IsType<TagNameOutcome.Parsed>(TagName.Parse(name)).Name, type, TextEncoding.Latin1);

    /// <summary>A group of tags whose types are to be learned.</summary>
    public ITagGroup Prepare(params string[] names) => Controller.Prepare([.. names.Select(name => Tag(name))]);

    /// <summary>Reads a round that brings values, as texts; bad ones with their status and reason.</summary>
    public static async Task<string[]> ReadAsync(ITagGroup group)
    {
        var values = new ValueOutcome[group.Types.Length];
        RoundOutcome outcome = await group.ReadAsync(values, Stop);
        Assert.True(outcome is RoundOutcome.Read, outcome.ToString());
        return [.. values.Select(Text)];
    }

    /// <summary>Reads rounds until the plan is as short as this.</summary>
    public static async Task<string[]> ReadUntilAsync(ITagGroup group, Func<bool> condition)
    {
        while (true)
        {
            string[] values = await ReadAsync(group);
            if (condition())
            {
                return values;
            }

            Stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Reads a round while the clock runs, which ends what hangs.</summary>
    public async Task<(RoundOutcome Outcome, ValueOutcome[] Values)> ReadWhileTimeRunsAsync(ITagGroup group)
    {
        var values = new ValueOutcome[group.Types.Length];
        Task<RoundOutcome> reading = group.ReadAsync(values, Stop).AsTask();
        while (!reading.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return (await reading, values);
    }

    public long Counted(string name) => _counters[name].GetMeasurementSnapshot().Sum(one => one.Value);

    public IController Other(ControllerPlan plan)
    {
        IController other = new ControllerFactory(Metrics, Time, _logs).Create(plan, static _ => { });
        _others.Add(other);
        return other;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IController other in _others)
        {
            await other.DisposeAsync();
        }

        await Controller.DisposeAsync();
        await Plant.DisposeAsync();
        _logs.Dispose();
        foreach (MetricCollector<long> counter in _counters.Values)
        {
            counter.Dispose();
        }

        _meters.Dispose();
    }

    public static string Text(ValueOutcome value) => value.Value?.ToString() ?? string.Create(CultureInfo.InvariantCulture, $"{value.Status}: {value.Reason}");

    private void Count(string name) => _counters[name] = new MetricCollector<long>(_meters, EtherNetIpMetrics.MeterName, $"sallyport.ethernet_ip.{name}");
}
