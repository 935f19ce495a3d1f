namespace Sallyport.Manifest.Routing;

/// <summary><c>a ?? b</c>: the first, unless it is undefined.</summary>
internal sealed class CoalesceNode(ConditionNode left, ConditionNode right)
    : ConditionNode(left.Type == ConditionType.Undefined ? right.Type : left.Type)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        left.Evaluate(message) is { Kind: not RouteValueKind.Undefined } value ? value : right.Evaluate(message);
}
