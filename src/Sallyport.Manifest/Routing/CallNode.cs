namespace Sallyport.Manifest.Routing;

/// <summary>A built-in function applied to its arguments.</summary>
internal sealed class CallNode(BuiltinFunction function, IReadOnlyList<ConditionNode> arguments) : ConditionNode(function.Result)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        function.Apply([.. arguments.Select(argument => argument.Evaluate(message))]);
}
