namespace Sallyport.IotHub.Workload;

/// <summary>Answer to a decrypt call.</summary>
/// <param name="Plaintext">Base64 on the wire.</param>
internal sealed record DecryptResponse(byte[]? Plaintext);
