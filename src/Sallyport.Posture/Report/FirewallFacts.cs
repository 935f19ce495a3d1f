using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>The ruleset that is loaded.</summary>
/// <param name="Chains">Its base chains; empty if nothing is loaded.</param>
public sealed record FirewallFacts(ImmutableArray<FirewallChain> Chains);
