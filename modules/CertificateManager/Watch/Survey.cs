using System.Collections.Immutable;

namespace Sallyport.CertificateManager.Watch;

/// <summary>All that one look at the box found.</summary>
/// <param name="Certificates">In the order of the places.</param>
/// <param name="Faults">Places that could not be looked at, each with one sentence.</param>
internal sealed record Survey(ImmutableArray<WatchedCertificate> Certificates, ImmutableArray<string> Faults)
{
    /// <summary>Before the first look.</summary>
    public static Survey Empty { get; } = new([], []);
}
