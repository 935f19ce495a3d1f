namespace Sallyport.Manifest.Routing;

/// <summary><c>+ - * / %</c> of numbers. A division by zero is infinite, a remainder of zero undefined.</summary>
internal sealed class ArithmeticNode(string symbol, ConditionNode left, ConditionNode right)
    : ConditionNode(left.Type == ConditionType.Body || right.Type == ConditionType.Body ? ConditionType.Body : ConditionType.Number)
{
    public override RouteValue Evaluate(RoutedMessage message)
    {
        if (!left.Evaluate(message).TryGetNumber(out double first) || !right.Evaluate(message).TryGetNumber(out double second))
        {
            return RouteValue.Undefined;
        }

        return RouteValue.Of(symbol switch
        {
            "+" => first + second,
            "-" => first - second,
            "*" => first * second,
            "/" => first / second,
            _ => first % second,
        });
    }
}
