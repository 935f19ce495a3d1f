namespace Sallyport.Manifest.Routing;

/// <summary>A route as the deployment manifest writes it.</summary>
/// <param name="Text">«FROM source [WHERE condition] INTO sink».</param>
/// <param name="Priority">0 to 9, 0 first; or <see cref="DefaultPriority"/>.</param>
/// <param name="TimeToLiveSeconds">0 takes the store-and-forward configuration's. Not negative: edgeHub reads an unsigned number.</param>
internal sealed record RouteDefinition(string Text, long Priority = RouteDefinition.DefaultPriority, long TimeToLiveSeconds = 0)
{
    /// <summary>The priority of a route that names none.</summary>
    public const long DefaultPriority = 2_000_000_000;
}
