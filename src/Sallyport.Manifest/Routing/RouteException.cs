namespace Sallyport.Manifest.Routing;

/// <summary>A route is not what edgeHub understands.</summary>
/// <param name="position">From 0, in characters of the route's text.</param>
/// <param name="reason">What was expected or is wrong there.</param>
internal sealed class RouteException(int position, string reason) : FormatException($"At character {position + 1}: {reason}")
{
    public int Position { get; } = position;

    public string Reason { get; } = reason;
}
