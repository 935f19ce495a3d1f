namespace Sallyport.IotHub.Workload;

/// <summary>Body of a sign call.</summary>
/// <param name="KeyId">Always <c>primary</c>.</param>
/// <param name="Algo">Always <c>HMACSHA256</c>.</param>
/// <param name="Data">What to sign, Base64.</param>
internal sealed record SignRequest(string KeyId, string Algo, byte[] Data);
