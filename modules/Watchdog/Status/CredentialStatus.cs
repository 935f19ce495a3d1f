namespace Sallyport.Watchdog.Status;

/// <summary>A certificate, revocation list or token of the box.</summary>
/// <param name="Kind">As CertificateManager calls it, for example <c>device</c> or <c>server</c>; <c>sas</c> for a token.</param>
/// <param name="Name">Which one.</param>
/// <param name="Ends">When it ends.</param>
internal sealed record CredentialStatus(string Kind, string Name, DateTimeOffset Ends);
