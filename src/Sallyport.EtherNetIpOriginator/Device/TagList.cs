using System.Collections.Immutable;
using Sallyport.EtherNetIp.Browsing;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>The tags of a controller.</summary>
/// <param name="Tags">The tags, first those of the controller, then those of each program.</param>
/// <param name="Templates">The definitions of their structures, by number.</param>
public sealed record TagList(ImmutableArray<BrowsedTag> Tags, IReadOnlyDictionary<ushort, StructureTemplate> Templates);
