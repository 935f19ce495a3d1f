using System.Text.Json.Nodes;
using Sallyport.Manifest;
using Sallyport.Manifest.Routing;

namespace Sallyport.Ctl.Manifests;

/// <summary>One route of a manifest. Closed: the nested records are all there is.</summary>
/// <param name="Name">As the manifest names it.</param>
/// <param name="Node">Its entry.</param>
internal abstract record RouteEntry(string Name, ManifestNode Node)
{
    private static JsonNode Store => new JsonObject { ["timeToLiveSecs"] = 0 };

    /// <summary>Reads one route as edgeHub does.</summary>
    public static RouteEntry Of(string name, ManifestNode node)
    {
        var alone = new JsonObject
        {
            ["schemaVersion"] = "1.2",
            ["routes"] = new JsonObject { [name] = node.Value?.DeepClone() },
            ["storeAndForwardConfiguration"] = Store,
        };
        try
        {
            return new Read(name, node, EdgeHubConfiguration.Read(alone).Routes.Routes.Single());
        }
        catch (RouteTableException refused)
        {
            return new Refused(name, node, refused.Message);
        }
        catch (FormatException refused)
        {
            return new Refused(name, node, refused.Message[(refused.Message.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        }
    }

    /// <summary>A route that edgeHub takes.</summary>
    /// <param name="Name">As the manifest names it.</param>
    /// <param name="Node">Its entry.</param>
    /// <param name="Route">What it says.</param>
    internal sealed record Read(string Name, ManifestNode Node, Route Route) : RouteEntry(Name, Node);

    /// <summary>A route for which edgeHub refuses all of them.</summary>
    /// <param name="Name">As the manifest names it.</param>
    /// <param name="Node">Its entry.</param>
    /// <param name="Reason">What is wrong.</param>
    internal sealed record Refused(string Name, ManifestNode Node, string Reason) : RouteEntry(Name, Node);
}
