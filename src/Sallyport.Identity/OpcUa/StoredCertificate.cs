namespace Sallyport.Identity.OpcUa;

/// <summary>A certificate in a store.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Subject">Its name.</param>
/// <param name="Thumbprint">SHA-1, hexadecimal: what OPC UA calls it by.</param>
/// <param name="NotBefore">The beginning of its life.</param>
/// <param name="NotAfter">The end of its life.</param>
/// <param name="Application">Its URI, of an application's certificate; empty for an authority's.</param>
public sealed record StoredCertificate(string Path, string Subject, string Thumbprint, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Application);
