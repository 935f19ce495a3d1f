namespace Sallyport.IotHub;

/// <summary>The environment does not say who we are or where to connect.</summary>
/// <param name="variable">The variable to correct.</param>
/// <param name="reason">What is wrong with it; never its value when that may hold a key.</param>
public sealed class EdgeEnvironmentException(string variable, string reason)
    : Exception($"{variable}: {reason}")
{
    /// <summary>The variable to correct.</summary>
    public string Variable { get; } = variable;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
