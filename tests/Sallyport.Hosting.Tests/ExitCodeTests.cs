using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly TestModule _module = new();

    public void Dispose() => _module.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task An_orderly_stop_is_0()
    {
        _ = AddWorker(UntilStoppedAsync);
        Task<int> running = await _module.StartAsync();
        FakeLogCollector log = _module.Log;
        _module.Stop();
        Assert.Equal(0, await running);
        Assert.Equal([4000, 4001], log.GetSnapshot().Select(entry => entry.Id.Id));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worker_that_dies_is_1_and_the_log_says_which_and_why()
    {
        _ = AddWorker(UntilStoppedAsync);
        _ = AddWorker(_ => throw new InvalidDataException("The ring is bent."));
        FakeLogCollector log = _module.Log;
        Assert.Equal(1, await await _module.StartAsync());
        FakeLogRecord died = Assert.Single(log.GetSnapshot(), entry => entry.Level == LogLevel.Critical);
        Assert.Equal((4003, "The worker ScriptedWorker has died."), (died.Id.Id, died.Message));
        Assert.Equal("The ring is bent.", died.Exception!.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worker_that_dies_of_a_stray_cancellation_is_1()
    {
        _ = AddWorker(_ => throw new TaskCanceledException("A timeout that nobody caught."));
        Assert.Equal(1, await await _module.StartAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worker_that_dies_while_it_stops_is_1()
    {
        ScriptedWorker worker = AddWorker(async stop =>
        {
            await UntilStoppedAsync(stop);
            throw new InvalidDataException("The last page was bent.");
        });
        Task<int> running = await _module.StartAsync();
        await worker.Begun;
        _module.Stop();
        Assert.Equal(1, await running);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worker_that_does_not_stop_in_time_is_1()
    {
        var never = new TaskCompletionSource();
        ScriptedWorker worker = AddWorker(_ => never.Task);
        _module.Builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        Task<int> running = await _module.StartAsync();
        await worker.Begun;
        FakeLogCollector log = _module.Log;
        _module.Stop();
        Assert.Equal(1, await running);
        Assert.Contains(log.GetSnapshot(), entry => entry is { Id.Id: 4004, Message: "The worker ScriptedWorker did not stop within 25 s." });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refused_option_is_2_with_one_line_that_names_the_variable()
    {
        _module.Builder.Services.Configure<EdgeModuleOptions>(options =>
        {
            options.MetricsPort = 70_000;
            options.ListenAddress = "plant";
        });
        await AssertRefusedAsync(
            "The start is refused. Sallyport__ListenAddress: 'plant' is neither * nor an IP address.",
            "The start is refused. Sallyport__MetricsPort: 70000 is not a port from 0 to 65535.");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_text_in_the_place_of_a_number_is_2()
    {
        _module.Builder.Configuration["Sallyport:MetricsPort"] = "many";
        await AssertRefusedAsync(
            "The start is refused. Environment: Failed to convert configuration value 'many' at 'Sallyport__MetricsPort' to type 'System.Int32'.");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_log_level_that_does_not_exist_is_2()
    {
        _module.Builder.Services.Configure<EdgeModuleOptions>(options => options.LogLevel = "Loud");
        await AssertRefusedAsync(
            "The start is refused. Sallyport__LogLevel: 'Loud' is none of Trace, Debug, Information, Warning, Error.");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_for_revocation_lists_that_is_not_absolute_is_2()
    {
        _module.Builder.Services.Configure<EdgeModuleOptions>(options => options.RevocationFolder = "lists");
        await AssertRefusedAsync("The start is refused. Sallyport__RevocationFolder: 'lists' is not an absolute path.");
    }

    [Fact(Timeout = 30_000)]
    public async Task An_environment_that_does_not_say_who_we_are_is_2()
    {
        _module.Builder.Services.AddSingleton<ModuleIdentity>(
            _ => throw new EdgeEnvironmentException("IOTEDGE_DEVICEID", "It is not set."));
        await AssertRefusedAsync("The start is refused. IOTEDGE_DEVICEID: It is not set.");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_port_that_is_taken_is_2()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        _module.Builder.Services.Configure<EdgeModuleOptions>(options => options.MetricsPort = port);
        await AssertRefusedAsync(
            "The start is refused. Sallyport__ListenAddress and Sallyport__MetricsPort: "
            + $"127.0.0.1:{port} cannot be listened on: Address already in use.");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_local_file_that_is_refused_is_2()
    {
        _module.Builder.Services.AddOutputEvents("status").AddModulePlan<TestPlan, TestPlanReader>();
        _module.Builder.Services.Configure<EdgeModuleOptions>(options => options.ConfigurationFile = "/does/not/exist.json");
        FakeLogCollector log = _module.Log;
        Assert.Equal(2, await EdgeModule.RunAsync(_module.Host));
        Assert.Contains(
            "Sallyport__ConfigurationFile /does/not/exist.json: Could not find", log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_unknown_argument_is_2()
    {
        using var module = new TestModule("--verbose");
        FakeLogCollector log = module.Log;
        Assert.Equal(2, await EdgeModule.RunAsync(module.Host));
        Assert.Equal("The start is refused. --verbose: The only argument is --health.", log.LatestRecord.Message);
    }

    private static async Task UntilStoppedAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult))
        {
            await stopped.Task;
        }
    }

    private async Task AssertRefusedAsync(params string[] lines)
    {
        FakeLogCollector log = _module.Log;
        Assert.Equal(2, await EdgeModule.RunAsync(_module.Host));
        Assert.Equal(lines, log.GetSnapshot().Select(entry => entry.Message));
        Assert.All(log.GetSnapshot(), entry => Assert.Equal((LogLevel.Critical, 4002), (entry.Level, entry.Id.Id)));
        Assert.Empty(_module.Hub.Calls);
    }

    private ScriptedWorker AddWorker(Func<CancellationToken, Task> script)
    {
        var worker = new ScriptedWorker(script);
        _module.Builder.Services.AddSingleton<IHostedService>(worker);
        return worker;
    }
}
