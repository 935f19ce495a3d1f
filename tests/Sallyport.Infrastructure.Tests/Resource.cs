using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests;

/// <summary>One resource of a snapshot.</summary>
internal sealed record Resource(JsonObject Node)
{
    /// <summary>Its type, without the version.</summary>
    public string Type => Node["type"]!.GetValue<string>();

    /// <summary>Its name; an expression where Azure makes it up.</summary>
    public string Name => Node["name"]!.GetValue<string>();

    /// <summary>Its id; an expression where Azure makes it up.</summary>
    public string Id => Node["id"]!.GetValue<string>();

    /// <summary>What stands at a path below its properties; null if nothing does.</summary>
    public JsonNode? At(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Node["properties"];
        foreach (var step in path)
        {
            node = node?[step];
        }

        return node;
    }

    /// <summary>The text at a path, whatever its type.</summary>
    public string Text(params ReadOnlySpan<string> path) => At(path)?.ToString() ?? "";
}
