namespace Sallyport.Manifest.Routing;

/// <summary><c>= != &lt;&gt; &lt; &lt;= &gt; &gt;=</c>. Undefined if a side is; values of different kinds are unequal and have no order.</summary>
internal sealed class ComparisonNode(string symbol, ConditionNode left, ConditionNode right) : ConditionNode(ConditionType.Boolean)
{
    public override RouteValue Evaluate(RoutedMessage message)
    {
        RouteValue first = left.Evaluate(message);
        RouteValue second = right.Evaluate(message);
        if (first.Kind == RouteValueKind.Undefined || second.Kind == RouteValueKind.Undefined)
        {
            return RouteValue.Undefined;
        }

        int? order = first.CompareTo(second);
        return symbol switch
        {
            "=" => RouteValue.Of(order == 0),
            "!=" or "<>" => RouteValue.Of(order != 0),
            _ when order is null => RouteValue.Undefined,
            "<" => RouteValue.Of(order < 0),
            "<=" => RouteValue.Of(order <= 0),
            ">" => RouteValue.Of(order > 0),
            _ => RouteValue.Of(order >= 0),
        };
    }
}
