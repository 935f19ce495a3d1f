namespace Sallyport.Ctl.Pki;

/// <summary>A line of an authority's register.</summary>
/// <param name="Serial">Hexadecimal.</param>
/// <param name="Profile">Its name.</param>
/// <param name="Subject">As the certificate has it.</param>
/// <param name="NotAfter">The end of its life.</param>
/// <param name="Issued">When it was signed.</param>
/// <param name="Revoked">When it was revoked; null if it was not.</param>
/// <param name="Reason">Why, a word of RFC 5280 section 5.3.1; null if it was not.</param>
internal sealed record RegisteredCertificate(
    string Serial, string Profile, string Subject, DateTimeOffset NotAfter, DateTimeOffset Issued, DateTimeOffset? Revoked = null, string? Reason = null);
