namespace Sallyport.IotHub.Workload;

/// <summary>Answer to a trust bundle call.</summary>
/// <param name="Certificate">Plain PEM, whatever the API's schema says.</param>
internal sealed record TrustBundleResponse(string? Certificate);
