namespace Sallyport.Simulator.Tests.Node;

/// <summary>What the Node client threw.</summary>
internal sealed class NodeException(string name, string message) : Exception($"{name}: {message}")
{
    /// <summary>The JavaScript class of the error.</summary>
    public string Name { get; } = name;
}
