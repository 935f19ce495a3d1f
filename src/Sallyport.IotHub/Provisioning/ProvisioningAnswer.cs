namespace Sallyport.IotHub.Provisioning;

/// <summary>An answer of the provisioning service, not looked into yet.</summary>
/// <param name="Status">As an HTTP status.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null if it does not say.</param>
/// <param name="Body">Not to be trusted.</param>
internal sealed record ProvisioningAnswer(int Status, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body);
