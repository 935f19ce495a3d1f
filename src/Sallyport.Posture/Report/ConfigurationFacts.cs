using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>What the host is configured with, as digests, so that a change shows without the content.</summary>
/// <param name="Items">One for each thing that could be looked at.</param>
public sealed record ConfigurationFacts(ImmutableArray<ConfigurationDigest> Items);
