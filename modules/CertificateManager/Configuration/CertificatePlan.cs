using System.Collections.Immutable;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>What the module was told to do.</summary>
internal sealed record CertificatePlan
{
    /// <summary>Null renews nothing: the module watches.</summary>
    public EnrolmentPlan? Enrolment { get; init; }

    /// <summary>PEM file with the roots of our own authority; null for none.</summary>
    public string? RootsFile { get; init; }

    /// <summary>What is looked at besides what the module finds by itself.</summary>
    public ImmutableArray<WatchedPlace> Places { get; init; } = [];

    /// <summary>Whether edgeHub's certificate is looked at, in a handshake.</summary>
    public bool WatchesEdgeHub { get; init; } = true;

    /// <summary>How long a certificate that was replaced is still trusted and kept.</summary>
    public TimeSpan Overlap => Enrolment?.Overlap ?? TimeSpan.FromDays(7);

    /// <summary>They get roots and revocation lists too.</summary>
    public ImmutableArray<OpcUaStore> Stores { get; init; } = [];
}
