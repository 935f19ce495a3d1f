namespace Sallyport.IotHub.Twin;

/// <summary>What a document from the broker did to the desired properties. Closed.</summary>
internal abstract record DesiredStep
{
    private DesiredStep()
    {
    }

    /// <summary>There is a new complete document.</summary>
    internal sealed record Changed(DesiredProperties Desired) : DesiredStep;

    /// <summary>Nothing new.</summary>
    /// <param name="Reason">Why, in our words.</param>
    internal sealed record Unchanged(string Reason) : DesiredStep;

    /// <summary>Something is missing in between: the whole twin must be read.</summary>
    internal sealed record Gap : DesiredStep
    {
        /// <summary>The only instance.</summary>
        public static Gap Instance { get; } = new();
    }

    /// <summary>The broker has no twin to give, and does not say so: edgeHub without a copy while IoT Hub is out of reach.</summary>
    internal sealed record Absent : DesiredStep
    {
        /// <summary>The only instance.</summary>
        public static Absent Instance { get; } = new();
    }

    /// <summary>Not a twin document.</summary>
    internal sealed record Malformed : DesiredStep
    {
        /// <summary>The only instance.</summary>
        public static Malformed Instance { get; } = new();
    }
}
