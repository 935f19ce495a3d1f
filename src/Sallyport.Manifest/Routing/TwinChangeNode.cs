namespace Sallyport.Manifest.Routing;

/// <summary><c>twin_change_includes(path)</c>: whether a twin change touches that place.</summary>
internal sealed class TwinChangeNode(BodyPath path) : ConditionNode(ConditionType.Boolean)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        message.Json is null ? RouteValue.Undefined : RouteValue.Of(path.Read(message.Json).Kind != RouteValueKind.Null);
}
