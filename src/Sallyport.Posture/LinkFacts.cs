namespace Sallyport.Posture;

/// <summary>A TLS connection to edgeHub.</summary>
/// <param name="Protocol">As agreed, for example <c>Tls13</c>; empty if the handshake failed.</param>
/// <param name="IsTrusted">Whether edgeHub's certificate was accepted with the pinned roots and its own name.</param>
/// <param name="RefusesOtherRoot">Whether the same certificate was refused with a root that is not the plant's.</param>
/// <param name="RefusesOtherName">Whether it was refused under a name that is not edgeHub's.</param>
public sealed record LinkFacts(string Protocol, bool IsTrusted, bool RefusesOtherRoot, bool RefusesOtherName);
