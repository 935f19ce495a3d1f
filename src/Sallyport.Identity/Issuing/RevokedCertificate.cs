using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>One entry of a certificate revocation list.</summary>
/// <param name="SerialNumber">Hexadecimal, as <see cref="X509Certificate.GetSerialNumberString"/> gives it.</param>
/// <param name="Time">Since when.</param>
/// <param name="Reason">Why; RFC 5280 section 5.3.1.</param>
public sealed record RevokedCertificate(string SerialNumber, DateTimeOffset Time, X509RevocationReason Reason);
