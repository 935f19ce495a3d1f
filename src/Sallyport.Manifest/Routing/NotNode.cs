namespace Sallyport.Manifest.Routing;

/// <summary><c>NOT x</c>. Null counts as false, undefined stays undefined.</summary>
internal sealed class NotNode(ConditionNode operand) : ConditionNode(ConditionType.Boolean)
{
    public override RouteValue Evaluate(RoutedMessage message)
    {
        RouteValue value = operand.Evaluate(message);
        return value.Kind switch
        {
            RouteValueKind.Boolean => RouteValue.Of(value.IsFalse),
            RouteValueKind.Null => RouteValue.True,
            _ => RouteValue.Undefined,
        };
    }
}
