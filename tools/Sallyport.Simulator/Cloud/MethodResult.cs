namespace Sallyport.Simulator.Cloud;

/// <summary>What a direct method call came to.</summary>
/// <param name="Status">The device's own answer, or 404 if it is not there, or 504 if it did not answer in time.</param>
/// <param name="Payload">UTF-8 JSON, or empty.</param>
internal sealed record MethodResult(int Status, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Not connected, or not subscribed to methods.</summary>
    public static MethodResult NotConnected { get; } = new(404, ReadOnlyMemory<byte>.Empty);

    /// <summary>Delivered, but not answered in time.</summary>
    public static MethodResult TimedOut { get; } = new(504, ReadOnlyMemory<byte>.Empty);
}
