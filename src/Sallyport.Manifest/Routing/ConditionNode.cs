namespace Sallyport.Manifest.Routing;

/// <summary>A part of a condition.</summary>
internal abstract class ConditionNode(ConditionType type)
{
    /// <summary>What it is known to be before any message is seen.</summary>
    public ConditionType Type { get; } = type;

    public abstract RouteValue Evaluate(RoutedMessage message);
}
