namespace Sallyport.Manifest.Routing;

/// <summary><c>a || b</c> of texts.</summary>
internal sealed class ConcatNode(ConditionNode left, ConditionNode right) : ConditionNode(ConditionType.Text)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        BuiltinFunctions.Concat([left.Evaluate(message), right.Evaluate(message)]);
}
