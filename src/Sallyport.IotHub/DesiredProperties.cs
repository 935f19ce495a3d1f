using System.Text.Json.Nodes;

namespace Sallyport.IotHub;

/// <summary>The complete desired properties of a twin, patches already merged.</summary>
/// <param name="Version">The twin's <c>$version</c>; at least 1.</param>
/// <param name="Document">The properties without <c>$version</c> and <c>$metadata</c>. A copy: the receiver may keep it.</param>
public sealed record DesiredProperties(long Version, JsonObject Document);
