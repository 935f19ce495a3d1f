namespace Sallyport.Manifest.Routing;

/// <summary>Where a route ends. Closed: the nested records are all there is.</summary>
internal abstract record RouteSink
{
    private RouteSink()
    {
    }

    /// <summary>IoT Hub, <c>$upstream</c>.</summary>
    public sealed record Upstream : RouteSink
    {
        public static Upstream Instance { get; } = new();
    }

    /// <summary>An input of a module, <c>BrokeredEndpoint("/modules/{module}/inputs/{input}")</c>.</summary>
    public sealed record ModuleInput(string Module, string Input) : RouteSink;
}
