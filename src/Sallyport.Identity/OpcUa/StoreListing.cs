using System.Collections.Immutable;

namespace Sallyport.Identity.OpcUa;

/// <summary>What is in a store.</summary>
/// <param name="Certificates">In the order of their files' names.</param>
/// <param name="Unreadable">Files that should be certificates and are none.</param>
public sealed record StoreListing(ImmutableArray<StoredCertificate> Certificates, ImmutableArray<string> Unreadable);
