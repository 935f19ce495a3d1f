namespace Sallyport.IotHub;

/// <summary>A direct method call.</summary>
/// <param name="Name">The method, 1 to 100 characters.</param>
/// <param name="Payload">UTF-8 JSON, at most 128 KiB, or empty.</param>
public sealed record MethodRequest(string Name, ReadOnlyMemory<byte> Payload);
