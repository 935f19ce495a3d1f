using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Tests;

public sealed class OrderTests : IDisposable
{
    private readonly TestModule _module = new();

    public void Dispose() => _module.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task The_connection_runs_after_all_handlers_are_registered_and_stops_after_all_workers()
    {
        FakeHubConnection hub = _module.Hub;
        HubConnectionState? whileFlushing = null;
        _module.Builder.Services.AddOutputEvents("status").AddModulePlan<TestPlan, TestPlanReader>();
        _module.Builder.Services.AddSingleton<IHostedService>(new ScriptedWorker(async stop =>
        {
            hub.OnMethod("getDiagnostics", (_, _) => throw new InvalidOperationException("Not called here."));
            await AtStopAsync(stop);
            await Task.Yield();
            whileFlushing = hub.State;
            hub.Calls.Enqueue("flushed");
        }));
        Task<int> running = await _module.StartAsync();
        while (!hub.Calls.Contains("run") || !hub.Calls.Contains("method getDiagnostics"))
        {
            await Task.Yield();
        }

        _module.Stop();
        Assert.Equal(0, await running);
        Assert.Equal(HubConnectionState.Connected, whileFlushing);
        string[] calls = [.. hub.Calls];
        Assert.Equal("desired", calls[0]);
        Assert.Equal(["flushed", "stopped"], calls[^2..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_that_workers_raise_while_they_stop_are_still_sent()
    {
        FakeHubConnection hub = _module.Hub;
        _module.Builder.Services.AddOutputEvents("status").AddModulePlan<TestPlan, TestPlanReader>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _module.Builder.Services.AddSingleton<IHostedService>(provider => new ScriptedWorker(async stop =>
        {
            begun.SetResult();
            await AtStopAsync(stop);
            new Configuration.PlanAudit(provider.GetRequiredService<Events.ModuleEvents>()).StoreDistrusted("Last words.");
        }));
        Task<int> running = await _module.StartAsync();
        await begun.Task;
        _module.Stop();
        Assert.Equal(0, await running);
        _ = Assert.Single(hub.Sent);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stored_plan_is_in_force_when_the_workers_start()
    {
        var seen = new TaskCompletionSource<CurrentPlan<TestPlan>.Edition?>();
        _module.Builder.Services.AddOutputEvents("status").AddModulePlan<TestPlan, TestPlanReader>();
        _module.Builder.Services.AddSingleton<IHostedService>(provider => new ScriptedWorker(stop =>
        {
            seen.SetResult(provider.GetRequiredService<CurrentPlan<TestPlan>>().Value);
            return AtStopAsync(stop);
        }));
        await _module.Host.Services.GetRequiredService<Identity.PlanStore>().SaveAsync(
            new Identity.StoredPlan(7, """{"intervalMs":250}"""u8.ToArray()), TestContext.Current.CancellationToken);
        Task<int> running = await _module.StartAsync();
        Assert.Equal(7, (await seen.Task)?.Version);
        _module.Stop();
        Assert.Equal(0, await running);
    }

    private static async Task AtStopAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult))
        {
            await stopped.Task;
        }
    }
}
