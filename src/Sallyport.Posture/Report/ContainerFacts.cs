using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>What the container engine says.</summary>
/// <param name="Engine"><c>docker</c> or <c>podman</c>.</param>
/// <param name="Running">The containers that run.</param>
public sealed record ContainerFacts(string Engine, ImmutableArray<HostContainer> Running);
