using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Cloud;
using Sallyport.Manifest;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.EdgeAgent;

/// <summary>edgeAgent as others see it: its page of metrics. What it does for modules is done elsewhere, and told here.</summary>
internal sealed class EdgeAgentRole : IAsyncDisposable
{
    /// <summary>The module that no manifest names.</summary>
    public const string Stranger = "Stranger";

    private const string Name = "edgeAgent";
    private const string Version = "1.0";

    private readonly IPAddress _address;
    private readonly ILoggerFactory _logs;
    private HttpEndpoint? _page;

    /// <param name="address">Where to listen.</param>
    /// <param name="hub">Whose device it is.</param>
    /// <param name="manifest">The modules.</param>
    /// <param name="time">Measures how long they run.</param>
    /// <param name="logs">Where the page's server writes.</param>
    public EdgeAgentRole(IPAddress address, CloudHub hub, DeploymentManifest manifest, TimeProvider time, ILoggerFactory logs)
    {
        (_address, _logs) = (address, logs);
        Metrics = new EdgeAgentMetrics(hub.HostName, EdgeSimulation.DeviceId, time);
        foreach (string system in (ReadOnlySpan<string>)[Name, "edgeHub"])
        {
            Metrics.Deployed(system, Version);
            Metrics.Started(system);
        }

        foreach (ModuleEntry module in manifest.Modules)
        {
            Metrics.Deployed(module.Name, module.Version);
        }
    }

    public EdgeAgentMetrics Metrics { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) => _page = await HttpEndpoint.StartAsync(
        kestrel => kestrel.Listen(_address, SimulationAddresses.MetricsPort), AnswerAsync, _logs, cancellationToken);

    /// <summary>Somebody deploys a module besides those of the manifest. It does nothing; its place is what is seen of it.</summary>
    public void AdmitStranger()
    {
        Metrics.Deployed(Stranger, Version);
        Metrics.Started(Stranger);
    }

    public void DismissStranger()
    {
        Metrics.Stopped(Stranger);
        Metrics.Removed(Stranger);
    }

    public ValueTask DisposeAsync() => _page?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context) => MetricsReply.WriteAsync(context, Metrics.Render());
}
