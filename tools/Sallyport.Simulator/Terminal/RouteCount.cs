namespace Sallyport.Simulator.Terminal;

/// <summary>What one route carried.</summary>
/// <param name="Route">From where to where.</param>
/// <param name="Messages">How many.</param>
internal readonly record struct RouteCount(string Route, long Messages);
