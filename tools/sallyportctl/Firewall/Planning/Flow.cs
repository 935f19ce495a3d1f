using System.Collections.Immutable;
using System.Net;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>Something that may pass: one rule that accepts. Whoever is not the source cannot begin; answers always pass.</summary>
/// <param name="Id">Name of its counter, unique in its box.</param>
/// <param name="Box">Whose rule it is.</param>
/// <param name="Direction">In which chain.</param>
/// <param name="From">Who begins, for people.</param>
/// <param name="To">Whom they reach, for people.</param>
/// <param name="InInterface">Where it comes in; null for any.</param>
/// <param name="OutInterface">Where it leaves; null for any.</param>
/// <param name="Sources">Addresses of those who begin; empty where the box itself does.</param>
/// <param name="Destinations">Addresses that are reached.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Port">Port that is reached; 0 with <see cref="FlowProtocol.Any"/>.</param>
/// <param name="Purpose">What for.</param>
/// <param name="DemandedBy">Which place of the manifest or the site file asks for it: <c>manifest#/pointer</c>, <c>site#/pointer</c>.</param>
internal sealed record Flow(
    string Id,
    FlowBox Box,
    FlowDirection Direction,
    string From,
    string To,
    string? InInterface,
    string? OutInterface,
    ImmutableArray<IPNetwork> Sources,
    ImmutableArray<IPNetwork> Destinations,
    FlowProtocol Protocol,
    int Port,
    string Purpose,
    string DemandedBy)
{
    /// <summary>Port and protocol as people write them.</summary>
    public string Service => Protocol is FlowProtocol.Any ? "all" : FormattableString.Invariant($"{Protocol.ToString().ToLowerInvariant()}/{Port}");
}
