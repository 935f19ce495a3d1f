using System.Collections.Immutable;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>One image of a lock file.</summary>
/// <param name="Image">Registry, name and tag, without a digest; always with a tag.</param>
/// <param name="Digests">By platform: <c>amd64</c>, <c>arm64v8</c>.</param>
internal sealed record LockedImage(string Image, ImmutableSortedDictionary<string, string> Digests);
