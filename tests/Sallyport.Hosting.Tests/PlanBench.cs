using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Configuration;
using Sallyport.Hosting.Events;
using Sallyport.Identity;

namespace Sallyport.Hosting.Tests;

/// <summary>The plan flow with everything around it, on a folder of its own. <see cref="Restart"/> gives a new process on the same volume.</summary>
internal sealed class PlanBench : IAsyncDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PlanWorker<TestPlan>> _workers = [];

    public PlanBench() => Restart();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public string Folder { get; } = Directory.CreateTempSubdirectory("sallyport-flow-").FullName;

    public string StoredPath => Path.Combine(Folder, "plan.bin");

    public EdgeModuleOptions Options { get; } = new();

    public TestKey Key { get; } = new();

    public FakeHubConnection Hub { get; private set; } = null!;

    public RecordingEventSink Events { get; private set; } = null!;

    public TestPlanReader Reader { get; private set; } = null!;

    public CurrentPlan<TestPlan> Current { get; private set; } = null!;

    public PlanWorker<TestPlan> Worker { get; private set; } = null!;

    public FakeLogCollector Log { get; } = new();

    public void Restart()
    {
        Hub = new FakeHubConnection();
        Reader = new TestPlanReader();
        Events = new RecordingEventSink();
        Current = new CurrentPlan<TestPlan>();
        var metrics = new PlanMetrics(_meters.GetRequiredService<IMeterFactory>());
        var audit = new PlanAudit(new ModuleEvents(Events, new ModuleIdentity("gw-0001", "ModbusReader", "hub.example", "1"), Time));
        var store = new PlanStore(Folder, Key, "ModbusReader");
        var reporter = new PlanReporter(Hub, metrics, Time, new FakeLogger<PlanReporter>(Log));
        var flow = new PlanFlow<TestPlan>(
            Current, Reader, store, reporter, audit, metrics, new FakeLogger<PlanFlow<TestPlan>>(Log));
        var seed = new PlanSeed<TestPlan>(
            flow,
            store,
            Hub,
            audit,
            metrics,
            new OptionsWrapper<EdgeModuleOptions>(Options),
            Time,
            new FakeLogger<PlanSeed<TestPlan>>(Log));
        Worker = new PlanWorker<TestPlan>(seed, flow, reporter, Hub);
        _workers.Add(Worker);
    }

    public Task StartAsync() => Worker.StartAsync(_stop.Token);

    /// <summary>Waits until the reporter has spoken.</summary>
    public Task ReportedAsync() => Hub.Heard.WaitAsync(_stop.Token);

    public async Task<string> WriteFileAsync(string content)
    {
        string path = Path.Combine(Folder, "desired.json");
        await File.WriteAllTextAsync(path, content, _stop.Token);
        return path;
    }

    public MetricCollector<long> Collect(string instrument) =>
        new(_meters.GetRequiredService<IMeterFactory>(), "Sallyport.Hosting", instrument);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (PlanWorker<TestPlan> worker in _workers)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }

        _stop.Dispose();
        await _meters.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
