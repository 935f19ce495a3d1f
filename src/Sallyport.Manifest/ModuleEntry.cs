using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sallyport.Manifest;

/// <summary>One module of the deployment.</summary>
/// <param name="Name">Module identity.</param>
/// <param name="Image">What it is made of.</param>
/// <param name="Pointer">Where the entry stands in the manifest.</param>
/// <param name="StartupOrder">0 is first.</param>
/// <param name="Environment">Variables of the manifest's <c>env</c>.</param>
/// <param name="CreateOptions">What the container would be given.</param>
/// <param name="Desired">Desired properties; empty when the manifest has none.</param>
internal sealed record ModuleEntry(
    string Name,
    ModuleImage Image,
    string Pointer,
    long StartupOrder,
    ImmutableDictionary<string, string> Environment,
    CreateOptions CreateOptions,
    JsonObject Desired)
{
    /// <summary>What people call its version; it need not be the image's.</summary>
    public string Version { get; init; } = "";
}
