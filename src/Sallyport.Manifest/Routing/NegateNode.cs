namespace Sallyport.Manifest.Routing;

/// <summary><c>-x</c> of a number.</summary>
internal sealed class NegateNode(ConditionNode operand) : ConditionNode(operand.Type)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        operand.Evaluate(message).TryGetNumber(out double number) ? RouteValue.Of(-number) : RouteValue.Undefined;
}
