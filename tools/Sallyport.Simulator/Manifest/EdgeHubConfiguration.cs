using Sallyport.Simulator.EdgeHub.Routing;

namespace Sallyport.Simulator.Manifest;

/// <summary>What the manifest tells edgeHub.</summary>
/// <param name="Routes">Who sends what to whom.</param>
/// <param name="TimeToLive">How long a message is kept whose route says nothing; null is for ever.</param>
internal sealed record EdgeHubConfiguration(RouteTable Routes, TimeSpan? TimeToLive)
{
    /// <summary>Reads the desired properties of <c>$edgeHub</c>.</summary>
    /// <param name="desired">The properties.</param>
    /// <param name="modules">Names of the deployment's modules: a route may not speak of others.</param>
    /// <exception cref="ManifestException">edgeHub would refuse it, or a route leads nowhere.</exception>
    public static EdgeHubConfiguration Read(ManifestNode desired, IReadOnlyCollection<string> modules)
    {
        var seconds = desired["storeAndForwardConfiguration"]["timeToLiveSecs"].AsInteger(int.MinValue, int.MaxValue);
        var routes = desired["routes"];
        var table = Parse(routes);
        foreach (var route in table.Routes)
        {
            var node = routes[route.Name];
            if (route.Sink is RouteSink.ModuleInput input && !modules.Contains(input.Module, StringComparer.Ordinal))
            {
                throw new ManifestException(node.Pointer, $"The route leads to module {input.Module}, which is not deployed.");
            }

            if (SendersOf(route, modules).Count == 0)
            {
                throw new ManifestException(node.Pointer, $"No deployed module sends to {route.Source.Path}.");
            }
        }

        return new(table, seconds < 0 ? null : TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Who sends to whom, over inputs of modules.</summary>
    public IReadOnlyList<(string From, string To)> Feeds(IReadOnlyCollection<string> modules) =>
    [
        .. from route in Routes.Routes
           let input = route.Sink as RouteSink.ModuleInput
           where input is not null
           from sender in SendersOf(route, modules)
           select (sender, input.Module),
    ];

    /// <summary>The modules whose outputs lie at, above or below the route's source.</summary>
    private static List<string> SendersOf(Route route, IReadOnlyCollection<string> modules)
    {
        var path = route.Source.Path.TrimEnd('/');
        return [.. modules.Where(module => route.Source.Takes(RouteSource.Of(module, string.Empty)) || new RouteSource(RouteSource.Of(module, string.Empty)).Takes(path))];
    }

    private static RouteTable Parse(ManifestNode routes)
    {
        try
        {
            return RouteTable.Parse(routes.Members.ToDictionary(route => route.Name, route => Define(route.Node), StringComparer.Ordinal));
        }
        catch (RouteTableException refused)
        {
            throw new ManifestException(routes[refused.Route].Pointer, refused.Message);
        }
    }

    private static RouteDefinition Define(ManifestNode node) => node.Value is System.Text.Json.Nodes.JsonObject
        ? new(
            node["route"].AsText(),
            node.Find("priority")?.AsInteger(long.MinValue, long.MaxValue) ?? RouteDefinition.DefaultPriority,
            node.Find("timeToLiveSecs")?.AsInteger(long.MinValue, long.MaxValue) ?? 0)
        : new(node.AsText());
}
