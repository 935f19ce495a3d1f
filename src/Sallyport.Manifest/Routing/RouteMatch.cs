namespace Sallyport.Manifest.Routing;

/// <summary>An endpoint that a message goes to.</summary>
/// <param name="Sink">The endpoint.</param>
/// <param name="Priority">The best of all routes that lead there.</param>
/// <param name="TimeToLive">That route's; null takes the store-and-forward configuration's.</param>
internal sealed record RouteMatch(RouteSink Sink, long Priority, TimeSpan? TimeToLive);
