namespace Sallyport.Manifest.Routing;

/// <summary>One route, ready to be applied.</summary>
/// <param name="Name">As the deployment names it.</param>
/// <param name="Source">What it takes.</param>
/// <param name="Condition">What must hold, or null.</param>
/// <param name="Sink">Where it ends.</param>
/// <param name="Priority">0 to 9, or <see cref="RouteDefinition.DefaultPriority"/>.</param>
/// <param name="TimeToLive">Null takes the store-and-forward configuration's.</param>
internal sealed record Route(
    string Name, RouteSource Source, ConditionNode? Condition, RouteSink Sink, long Priority, TimeSpan? TimeToLive)
{
    public bool Matches(RoutedMessage message) =>
        Source.Takes(message.Source) && (Condition is null || Condition.Evaluate(message).IsTrue);
}
