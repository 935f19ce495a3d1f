namespace Sallyport.IotHub.Workload;

/// <summary>Answer to an encrypt call.</summary>
/// <param name="Ciphertext">Base64 on the wire.</param>
internal sealed record EncryptResponse(byte[]? Ciphertext);
