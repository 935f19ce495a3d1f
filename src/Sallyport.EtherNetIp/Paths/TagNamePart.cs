using System.Collections.Immutable;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>One part of a tag name between the dots.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Indexes">The indexes behind it, outermost first; empty if there are none.</param>
public sealed record TagNamePart(string Name, ImmutableArray<uint> Indexes);
