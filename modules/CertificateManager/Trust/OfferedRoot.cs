using System.Security.Cryptography.X509Certificates;

namespace Sallyport.CertificateManager.Trust;

/// <summary>A root that somebody wants to be trusted.</summary>
/// <param name="Certificate">Read, and not believed.</param>
/// <param name="Confirm">SHA-256 as somebody read it from paper, hexadecimal; empty for none.</param>
internal sealed record OfferedRoot(X509Certificate2 Certificate, string Confirm);
