using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.EndToEnd.Tests.Faults;
using Sallyport.Simulator;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Terminal;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A simulation that is watched from its start to its end, and what its modules wrote.</summary>
internal sealed class GatewayRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly DeliveryWatch _watch;

    /// <param name="options">The state folder is one of its own.</param>
    public GatewayRun(EdgeSimulationOptions options)
    {
        Simulation = new EdgeSimulation(options with { StateFolder = State }, (module, line) => Lines.Hear($"{module} {line}"), TimeProvider.System, NullLoggerFactory.Instance);
        _watch = Simulation.WatchDelivery();
    }

    /// <summary>The gateway and all around it.</summary>
    public EdgeSimulation Simulation { get; }

    /// <summary>Each line of each module, behind its name.</summary>
    public HeardLines Lines { get; } = new();

    /// <summary>Where the volumes of modules are, and keys of the simulation.</summary>
    public string State { get; } = Directory.CreateTempSubdirectory("sallyport-gateway-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The deployment of the repository, whose buffer does not wait long.</summary>
    public static async Task<JsonNode> ReadManifestAsync()
    {
        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), Token))!;
        manifest["modulesContent"]!["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 1000;
        return manifest;
    }

    /// <summary>What the manifest says of a module: image, variables, create options.</summary>
    public static JsonNode ModuleOf(JsonNode manifest, string module) => manifest["modulesContent"]!["$edgeAgent"]!["properties.desired"]!["modules"]![module]!;

    /// <summary>Waits until so many messages have come since the start.</summary>
    public async Task UntilArrivedAsync(long messages)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token, patience.Token);
        try
        {
            await Simulation.Intake.Changed.WaitUntilAsync(() => Simulation.Intake.Count >= messages, limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(string.Join('\n', Lines.All.Where(line => !line.Contains("Reader", StringComparison.Ordinal))));
        }
    }

    /// <summary>Stops in good order, and has everything accounted for: each page proven, each value of the plant there.</summary>
    public async Task IsAccountedForAsync()
    {
        Assert.True(
            await new OrderlyStop(Simulation, _watch, TimeProvider.System, NullLogger<OrderlyStop>.Instance).RunAsync(Token), string.Join('\n', Lines.All.TakeLast(80)));
        CheckReport report = _watch.Judge();
        Assert.True(report.Passed, string.Join('\n', report.Findings.Select(one => one.ToString())));
        Assert.InRange(report.PagesProven, 1, long.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        Directory.Delete(State, recursive: true);
    }
}
