namespace Sallyport.Manifest.Routing;

/// <summary>A named route is not what edgeHub understands.</summary>
internal sealed class RouteTableException : FormatException
{
    public RouteTableException(string route, string reason)
        : base($"Route {route}: {reason}") => Route = route;

    public RouteTableException(string route, RouteException cause)
        : base($"Route {route}: {cause.Message}", cause)
    {
        Route = route;
        Position = cause.Position;
    }

    /// <summary>The route's name.</summary>
    public string Route { get; }

    /// <summary>From 0 in the route's text; null if the fault is elsewhere.</summary>
    public int? Position { get; }
}
