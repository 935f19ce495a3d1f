namespace Sallyport.IotHub.Twin;

/// <summary>The answer to a twin request.</summary>
/// <param name="Status">200, 204, or why not.</param>
/// <param name="Payload">The twin for a GET.</param>
internal sealed record TwinResponse(int Status, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether the broker did what we asked.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
