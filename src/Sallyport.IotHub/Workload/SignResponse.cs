namespace Sallyport.IotHub.Workload;

/// <summary>Answer to a sign call.</summary>
/// <param name="Digest">The signature; Base64 on the wire.</param>
internal sealed record SignResponse(byte[]? Digest);
