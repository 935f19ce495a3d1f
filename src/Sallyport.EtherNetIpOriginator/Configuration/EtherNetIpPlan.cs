using System.Collections.Immutable;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>Everything the reader is to do. Immutable and complete.</summary>
/// <param name="Sources">The controllers, by name.</param>
public sealed record EtherNetIpPlan(ImmutableArray<SourcePlan> Sources);
