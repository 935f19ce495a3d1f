namespace Sallyport.Manifest.Routing;

/// <summary>An application property, by its bare name.</summary>
internal sealed class PropertyNode(string name) : ConditionNode(ConditionType.Text)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        message.Properties.TryGetValue(name, out string? value) ? RouteValue.Of(value) : RouteValue.Undefined;
}
