namespace Sallyport.IotHub.Workload;

/// <summary>Body of a decrypt call.</summary>
/// <param name="Ciphertext">What to decrypt; Base64 on the wire.</param>
/// <param name="InitializationVector">As when it was encrypted.</param>
internal sealed record DecryptRequest(byte[] Ciphertext, byte[] InitializationVector);
