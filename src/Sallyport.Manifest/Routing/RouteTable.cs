namespace Sallyport.Manifest.Routing;

/// <summary>The routes of a deployment.</summary>
internal sealed class RouteTable
{
    private const long WorstPriority = 9;

    private RouteTable(IReadOnlyList<Route> routes) => Routes = routes;

    public IReadOnlyList<Route> Routes { get; }

    /// <summary>Reads routes.</summary>
    /// <param name="routes">By name.</param>
    /// <exception cref="RouteTableException">edgeHub would refuse a route; the message names it and says where and why.</exception>
    public static RouteTable Parse(IReadOnlyDictionary<string, RouteDefinition> routes) =>
        new([.. routes.Select(pair => Parse(pair.Key, pair.Value))]);

    /// <summary>The endpoints that a message goes to, each once, with the best priority of the routes that lead there.</summary>
    /// <returns>Empty if no route matches.</returns>
    public IReadOnlyList<RouteMatch> Match(RoutedMessage message) =>
    [
        .. Routes
            .Where(route => route.Matches(message))
            .GroupBy(route => route.Sink)
            .Select(group => group.MinBy(route => route.Priority)!)
            .Select(route => new RouteMatch(route.Sink, route.Priority, route.TimeToLive)),
    ];

    private static Route Parse(string name, RouteDefinition definition)
    {
        if (definition.Priority is < 0 or > WorstPriority and not RouteDefinition.DefaultPriority)
        {
            throw new RouteTableException(name, $"priority is {definition.Priority}, not 0 to {WorstPriority}");
        }

        if (definition.TimeToLiveSeconds is < 0 or > uint.MaxValue)
        {
            throw new RouteTableException(
                name,
                $"timeToLiveSecs is {definition.TimeToLiveSeconds}, which edgeHub reads as an unsigned 32-bit number; "
                + "«for ever» is -1 in storeAndForwardConfiguration, and no number here");
        }

        try
        {
            return RouteParser.Parse(name, definition);
        }
        catch (RouteException e)
        {
            throw new RouteTableException(name, e);
        }
    }
}
