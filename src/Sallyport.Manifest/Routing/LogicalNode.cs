namespace Sallyport.Manifest.Routing;

/// <summary><c>AND</c> and <c>OR</c> with three values: what one side settles, an undefined other side does not unsettle.</summary>
internal sealed class LogicalNode(bool isAnd, ConditionNode left, ConditionNode right) : ConditionNode(TypeOf(isAnd, left.Type, right.Type))
{
    public override RouteValue Evaluate(RoutedMessage message)
    {
        RouteValue first = left.Evaluate(message);
        RouteValue second = right.Evaluate(message);
        if (isAnd)
        {
            return And(first, second);
        }

        return Or(first, second);
    }

    private static ConditionType TypeOf(bool isAnd, ConditionType left, ConditionType right)
    {
        bool isNull = isAnd
            ? left == ConditionType.Null || right == ConditionType.Null
            : left == ConditionType.Null && right == ConditionType.Null;
        return isNull ? ConditionType.Null : ConditionType.Boolean;
    }

    private static RouteValue And(RouteValue first, RouteValue second)
    {
        if (first.Kind == RouteValueKind.Null || second.Kind == RouteValueKind.Null)
        {
            return RouteValue.Null;
        }

        if (first.IsFalse || second.IsFalse)
        {
            return RouteValue.False;
        }

        return first.IsTrue && second.IsTrue ? RouteValue.True : RouteValue.Undefined;
    }

    private static RouteValue Or(RouteValue first, RouteValue second)
    {
        if (first.IsTrue || second.IsTrue)
        {
            return RouteValue.True;
        }

        return (first.Kind, second.Kind) switch
        {
            (RouteValueKind.Null, RouteValueKind.Null) => RouteValue.Null,
            (RouteValueKind.Null or RouteValueKind.Boolean, RouteValueKind.Null or RouteValueKind.Boolean) => RouteValue.False,
            _ => RouteValue.Undefined,
        };
    }
}
