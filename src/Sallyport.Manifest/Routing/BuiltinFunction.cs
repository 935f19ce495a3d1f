namespace Sallyport.Manifest.Routing;

/// <summary>A function that conditions can call.</summary>
/// <param name="Name">Compared without regard to case.</param>
/// <param name="Parameters">Required types, in order; null takes anything.</param>
/// <param name="Result">The type of what it returns.</param>
/// <param name="Apply">The function; arguments are as many as were checked.</param>
internal sealed record BuiltinFunction(
    string Name, IReadOnlyList<ConditionType?> Parameters, ConditionType Result, Func<RouteValue[], RouteValue> Apply)
{
    /// <summary>How many parameters at the end may be left out.</summary>
    public int Optional { get; init; }

    /// <summary>Whether the last parameter may be repeated.</summary>
    public bool IsOpenEnded { get; init; }

    public bool Accepts(int count) =>
        count >= Parameters.Count - Optional && (IsOpenEnded || count <= Parameters.Count);

    /// <summary>The required type of one argument, or null for any.</summary>
    public ConditionType? Parameter(int index) => Parameters[int.Min(index, Parameters.Count - 1)];
}
