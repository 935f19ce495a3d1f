using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The module as its program builds it, but for the connection.</summary>
public sealed class ModuleTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private readonly List<string> _said = [];
    private readonly string _data = Directory.CreateTempSubdirectory("sallyport-module-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Rings => Path.Combine(_data, "rings");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task It_is_healthy_with_open_rings_until_it_is_decommissioned_and_a_restart_changes_nothing()
    {
        await RunAsync(async (hub, isHealthy) =>
        {
            await UntilAsync(() => hub.Desired is not null);
            await hub.Desired!(new DesiredProperties(1, new JsonObject { ["sizeBytes"] = 262_144 }), Token);
            await UntilAsync(isHealthy);
            while ((await CallAsync(hub, "getStatus", "")).GetProperty("lanes").EnumerateArray().Any(lane => lane.GetProperty("storage").GetString() is not "disk"))
            {
                await Task.Yield();
            }

            // A worker that had ended would make it unhealthy.
            Assert.True(isHealthy());
            Assert.True(File.Exists(Path.Combine(Rings, RingSweep.DevelopmentKey)));
            JsonElement challenge = await CallAsync(hub, "decommission", "{}");
            JsonElement report = await CallAsync(
                hub, "decommission", $$"""{"challenge":"{{challenge.GetProperty("challenge").GetString()}}","confirm":"edge-1/SecureBuffer"}""");
            Assert.Equal("decommissioned", report.GetProperty("state").GetString());
            Assert.False(isHealthy());
            Assert.Equal([DecommissionMarker.FileName], Directory.GetFiles(Rings).Select(Path.GetFileName));
        });

        await RunAsync(async (hub, isHealthy) =>
        {
            await UntilAsync(() => hub.Desired is not null);
            await hub.Desired!(new DesiredProperties(1, new JsonObject { ["sizeBytes"] = 262_144 }), Token);
            while ((await CallAsync(hub, "getStatus", "")).GetProperty("lanes").EnumerateArray().Any(lane => lane.GetProperty("storage").GetString() is not "decommissioned"))
            {
                await Task.Yield();
            }

            Assert.False(isHealthy());
            Assert.Equal([DecommissionMarker.FileName], Directory.GetFiles(Rings).Select(Path.GetFileName));
        });
    }

    [Fact(Timeout = 120_000)]
    public async Task With_the_keys_in_a_tpm_it_opens_its_rings_again_after_a_restart_and_destroys_the_keys_with_them()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        KeyValuePair<string, string?>[] variables =
            [new("Sallyport:DeviceKeys:Providers", "tpm"), new("Sallyport:DeviceKeys:Tcti", software.Tcti)];
        foreach (var origin in (string[])["Created", "Existing"])
        {
            await RunAsync(
                async (hub, isHealthy) =>
                {
                    await UntilAsync(() => hub.Desired is not null);
                    await hub.Desired!(new DesiredProperties(1, new JsonObject { ["sizeBytes"] = 262_144 }), Token);
                    while ((await CallAsync(hub, "getStatus", "")).GetProperty("lanes").EnumerateArray().Any(lane => lane.GetProperty("storage").GetString() is not "disk"))
                    {
                        await Task.Yield();
                    }

                    Assert.Equal(["alerts.ring", "bulk.ring", "checkpoint.pin", "key-encryption.pin"], Directory.GetFiles(Rings).Select(Path.GetFileName).Order(StringComparer.Ordinal));
                    if (origin is "Existing")
                    {
                        JsonElement challenge = await CallAsync(hub, "decommission", "{}");
                        await CallAsync(hub, "decommission", $$"""{"challenge":"{{challenge.GetProperty("challenge").GetString()}}","confirm":"edge-1/SecureBuffer"}""");
                        Assert.Equal([DecommissionMarker.FileName], Directory.GetFiles(Rings).Select(Path.GetFileName));
                    }
                },
                variables);
            Assert.Contains(_said, text => text.Contains($"({origin},", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(_said, text => text.Contains("lost for good", StringComparison.Ordinal));
        var kept = await Command.RunAsync(Peer.Require("tpm2_getcap"), "--tcti=" + software.Tcti, "handles-persistent");
        Assert.Equal("- 0x81000001", kept.Trim());
    }

    private static async Task<JsonElement> CallAsync(FakeEdgeHub hub, string method, string payload) =>
        JsonElement.Parse((await hub.Methods[method](new MethodRequest(method, Encoding.UTF8.GetBytes(payload)), Token)).Payload.Span);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task RunAsync(Func<FakeEdgeHub, Func<bool>, Task> use, params KeyValuePair<string, string?>[] variables)
    {
        using var hub = new FakeEdgeHub();
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(variables);
        builder.Services.AddSecureBuffer();
        builder.Services.AddSingleton(EdgeEnvironment.Read(
            new Dictionary<string, string?>
            {
                ["EdgeHubConnectionString"] = $"HostName=hub.test;GatewayHostName=localhost;DeviceId=edge-1;ModuleId=SecureBuffer;SharedAccessKey={Key}",
                ["EdgeModuleCACertificateFile"] = "none.pem",
            },
            TimeProvider.System));
        builder.Services.AddSingleton<IHubConnection>(hub);
        builder.Logging.ClearProviders();
        builder.Logging.AddFakeLogging();
        builder.Services.Configure<EdgeModuleOptions>(options => (options.ListenAddress, options.MetricsPort, options.DataFolder) = ("127.0.0.1", 0, _data));
        using IHost host = builder.Build();
        FakeLogCollector log = host.Services.GetFakeLogCollector();
        await RunAsync(host, isHealthy => use(hub, isHealthy));
        _said.AddRange(log.GetSnapshot().Select(record => record.Message));
    }

    private static async Task RunAsync(IHost host, Func<Func<bool>, Task> use)
    {
        using var healthy = new MetricCollector<int>(host.Services.GetRequiredService<IMeterFactory>(), "Sallyport.Hosting", "sallyport.module.healthy");
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        Task<int> running = EdgeModule.RunAsync(host);
        await Task.WhenAny(started.Task, running);
        Assert.False(running.IsCompleted, host.Services.GetFakeLogCollector().LatestRecord.Message);
        try
        {
            await use(() =>
            {
                healthy.RecordObservableInstruments();
                return healthy.LastMeasurement?.Value == 1;
            });
        }
        finally
        {
            lifetime.StopApplication();
            Assert.Equal(0, await running);
        }
    }
}
