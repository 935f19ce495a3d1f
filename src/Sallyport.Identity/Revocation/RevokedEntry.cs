using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>One certificate on a list.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why; unspecified if the list does not say.</param>
internal readonly record struct RevokedEntry(DateTimeOffset At, X509RevocationReason Reason);
