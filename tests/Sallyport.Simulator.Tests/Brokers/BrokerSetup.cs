using Sallyport.Simulator.EdgeHub;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>How a <see cref="BrokerHarness"/> differs from the usual one.</summary>
internal sealed record BrokerSetup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IReadOnlyDictionary<string, RouteDefinition> Routes { get; init; } = BrokerHarness.UsualRoutes;

    /// <summary>Alters edgeHub's options.</summary>
    public Func<EdgeHubOptions, EdgeHubOptions> Change { get; init; } = options => options;
}
