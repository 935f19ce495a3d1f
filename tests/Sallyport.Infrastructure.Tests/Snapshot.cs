using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The resources that a deployment would make.</summary>
internal sealed class Snapshot(string text)
{
    /// <summary>As the compiler told it.</summary>
    public string Text => text;

    /// <summary>The whole.</summary>
    public JsonObject Root { get; } = JsonNode.Parse(text)!.AsObject();

    /// <summary>All of them.</summary>
    public IEnumerable<Resource> Resources => Root["predictedResources"]!.AsArray().Select(one => new Resource(one!.AsObject()));

    /// <summary>Those of one type.</summary>
    public IEnumerable<Resource> Of(string type) => Resources.Where(one => string.Equals(one.Type, type, StringComparison.Ordinal));
}
