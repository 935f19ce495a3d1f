namespace Sallyport.Simulator.EdgeHub.Routing;

/// <summary>The routes of a deployment.</summary>
internal sealed class RouteTable
{
    /// <summary>Reads routes.</summary>
    /// <param name="routes">By name.</param>
    /// <exception cref="RouteTableException">A route is not understood; the message names it and the position.</exception>
    public static RouteTable Parse(IReadOnlyDictionary<string, RouteDefinition> routes) => new(routes.Count);

    private RouteTable(int count) => Count = count;

    public int Count { get; }
}
