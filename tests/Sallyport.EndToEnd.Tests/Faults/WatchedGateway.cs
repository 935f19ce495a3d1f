using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Modules;
using Sallyport.Simulator.Network;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Faults;

/// <summary>A simulation whose Watchdog is quick, with what it says, what the cloud hears of it, and its lamps.</summary>
internal sealed class WatchedGateway : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    // The simulation has one caller at a time.
    private readonly SemaphoreSlim _gate = new(1, 1);

    private WatchedGateway(string manifest)
    {
        Simulation = new EdgeSimulation(new EdgeSimulationOptions { Manifest = Adapt(manifest) }, Hear, TimeProvider.System, NullLoggerFactory.Instance);
        Simulation.Intake.OnMessage(message => Cloud.Hear(Encoding.UTF8.GetString(message.Message.Body.Span)));
    }

    public EdgeSimulation Simulation { get; }

    /// <summary>Watchdog's log.</summary>
    public HeardLines Log { get; } = new();

    /// <summary>SecureBuffer's log.</summary>
    public HeardLines BufferLog { get; } = new();

    public HeardLines Cloud { get; } = new();

    public Lamps Lamps { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WatchedGateway> StartAsync()
    {
        var gateway = new WatchedGateway(await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), Token));
        await gateway.Simulation.StartAsync(Token);
        return gateway;
    }

    /// <summary>Begins a fault of the simulator.</summary>
    public Task BreakAsync(Fault fault) => OneByOneAsync(() => Simulation.Faults.BreakAsync(fault, Token));

    /// <summary>Ends it. Where the simulator cannot, people do what the alarm says.</summary>
    public Task MendAsync(Fault fault) => OneByOneAsync(async () =>
    {
        await Simulation.Faults.MendAsync(fault);
        if (fault is Fault.UplinkDelay or Fault.EdgeHubHalfOpen)
        {
            await Simulation.Faults.BreakAsync(new Fault.EdgeHubRestart(TimeSpan.Zero), Token);
            await Simulation.Faults.MendAsync(new Fault.EdgeHubRestart(TimeSpan.Zero));
        }
    });

    /// <summary>Somebody's page of metrics; empty if nobody answers.</summary>
    public async Task<string> PageAsync(string who)
    {
        var host = who switch
        {
            "edgeHub" => Simulation.Addresses.EdgeHub,
            "edgeAgent" => Simulation.Addresses.EdgeAgent,
            _ => Simulation.Addresses.Module(Simulation.Manifest.Modules.IndexOf(Simulation.Manifest.Modules.Single(module => string.Equals(module.Name, who, StringComparison.Ordinal)))),
        };
        try
        {
            return await _http.GetStringAsync(new Uri($"http://{host}:{SimulationAddresses.MetricsPort}/metrics"), Token);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException or IOException)
        {
            return "";
        }
    }

    /// <summary>Asks Watchdog something.</summary>
    public async Task<JsonElement> AskAsync(string method, string payload, int status)
    {
        MethodResult answer = await Simulation.Cloud.InvokeMethodAsync(
            new HubIdentity(EdgeSimulation.DeviceId, WatchedAddresses.Module), new MethodCall(method, Encoding.UTF8.GetBytes(payload)), Token);
        Assert.Equal(status, answer.Status);
        return JsonElement.Parse(answer.Payload.Span);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        Lamps.Dispose();
        _http.Dispose();
        _gate.Dispose();
    }

    private void Hear(string module, string line)
    {
        if (module is WatchedAddresses.Module)
        {
            Log.Hear(line);
        }
        else if (module is "SecureBuffer")
        {
            BufferLog.Hear(line);
        }
    }

    private async Task OneByOneAsync(Func<Task> act)
    {
        await _gate.WaitAsync(Token);
        try
        {
            await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    // Everything is told at once: the run has no minutes to wait.
    private string Adapt(string manifest)
    {
        JsonNode root = JsonNode.Parse(manifest)!;
        root["modulesContent"]!["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 500;
        JsonNode desired = root["modulesContent"]![WatchedAddresses.Module]!["properties.desired"]!;
        JsonNode delivery = desired["delivery"]!;
        delivery["intervalMs"] = 500;
        delivery["offlineAfterMs"] = 500;
        delivery["stalledAfterMs"] = 3000;
        delivery["clearAfterMs"] = 1000;
        delivery["missingAfterMs"] = 3000;
        delivery["deviceOfflineAfterMs"] = 500;

        // A busy machine takes two seconds for each start.
        delivery["flapping"] = new JsonObject { ["count"] = 3, ["withinMs"] = 12_000 };
        var outputs = new JsonObject();
        foreach (var severity in Lamps.Severities)
        {
            outputs[severity] = new JsonObject { ["shows"] = severity, ["led"] = severity };
        }

        desired["annunciator"] = new JsonObject { ["ledFolder"] = Lamps.Path, ["outputs"] = outputs };
        return root.ToJsonString();
    }
}
