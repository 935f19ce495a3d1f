namespace Sallyport.Simulator.Cloud;

/// <summary>A direct method call.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Payload">UTF-8 JSON, or empty.</param>
internal sealed record MethodCall(string Name, ReadOnlyMemory<byte> Payload)
{
    /// <summary>How long the device may take to answer. IoT Hub allows 5 to 300 s.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a device that is not connected. IoT Hub allows 0 to 300 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.Zero;
}
