namespace Sallyport.Manifest.Routing;

/// <summary>A value written into the route.</summary>
internal sealed class LiteralNode(ConditionType type, RouteValue value) : ConditionNode(type)
{
    public override RouteValue Evaluate(RoutedMessage message) => value;
}
