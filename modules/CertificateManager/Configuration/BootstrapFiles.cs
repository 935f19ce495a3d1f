namespace Sallyport.CertificateManager.Configuration;

/// <summary>What the factory gave the gateway for its first enrolment.</summary>
/// <param name="CertificateFile">PEM.</param>
/// <param name="KeyFile">PEM, without a password.</param>
internal sealed record BootstrapFiles(string CertificateFile, string KeyFile);
