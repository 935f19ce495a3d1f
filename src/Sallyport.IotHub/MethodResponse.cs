namespace Sallyport.IotHub;

/// <summary>The answer to a direct method call.</summary>
/// <param name="Status">200 for success, 4xx for a bad request, 5xx for our fault.</param>
/// <param name="Payload">UTF-8 JSON, at most 128 KiB, or empty.</param>
public sealed record MethodResponse(int Status, ReadOnlyMemory<byte> Payload);
