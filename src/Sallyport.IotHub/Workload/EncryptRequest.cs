namespace Sallyport.IotHub.Workload;

/// <summary>Body of an encrypt call.</summary>
/// <param name="Plaintext">What to encrypt; Base64 on the wire.</param>
/// <param name="InitializationVector">Base64 on the wire.</param>
internal sealed record EncryptRequest(byte[] Plaintext, byte[] InitializationVector);
