using System.Collections.Immutable;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>The certificate store of an OPC UA application, in the layout of OPC Publisher: <c>trusted</c>, <c>issuer</c>, <c>rejected</c>, <c>own</c>.</summary>
/// <param name="Name">As the user calls it.</param>
/// <param name="Path">Full path of its root in the container.</param>
internal sealed record OpcUaStore(string Name, string Path)
{
    /// <summary>Names of the stores whose applications this one trusts: what lies in their <c>own</c> is kept in its <c>trusted</c>.</summary>
    public ImmutableArray<string> Trusts { get; init; } = [];
}
