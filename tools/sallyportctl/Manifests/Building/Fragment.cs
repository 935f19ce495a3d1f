using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>A part of a template that a gateway has and another has not: a TPM, a serial port, a further module.</summary>
internal static class Fragment
{
    private const string Content = "modulesContent";

    /// <summary>Reads a fragment.</summary>
    /// <param name="path">The file, for the complaint.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="WrongUsageException">It is none.</exception>
    public static JsonObject Read(string path, string json)
    {
        try
        {
            return new ManifestNode(DeploymentManifest.ParseJson(json), "")[Content].AsObject();
        }
        catch (ManifestException refused)
        {
            throw new WrongUsageException($"{path}: it is no fragment of a template: {refused.Message}");
        }
    }

    /// <summary>Puts a fragment into a template: objects are joined, lists get what they do not have, and nothing that stands there is changed.</summary>
    /// <param name="template">The object <c>modulesContent</c>.</param>
    /// <param name="fragment">That of the fragment.</param>
    /// <exception cref="ManifestException">Both say something, and not the same.</exception>
    public static void Merge(ManifestNode template, JsonObject fragment)
    {
        var copy = (JsonObject)fragment.DeepClone();
        LeaveOutUnknown(template, copy);
        Join(template, copy);
    }

    // A gateway without the module needs nothing of the fragment; a whole module has its type.
    private static void LeaveOutUnknown(ManifestNode template, JsonObject fragment)
    {
        JsonObject? known = template["$edgeAgent"]["properties.desired"].Find("modules")?.AsObject();
        if (new ManifestNode(fragment, "").Find("$edgeAgent")?.Find("properties.desired")?.Find("modules")?.AsObject() is not { } modules)
        {
            return;
        }

        foreach (string name in modules.Where(module => module.Value is not JsonObject { } whole || !whole.ContainsKey("type")).Select(module => module.Key).Where(name => known?.ContainsKey(name) is not true).ToArray())
        {
            modules.Remove(name);
            fragment.Remove(name);
        }
    }

    private static void Join(ManifestNode place, JsonNode given)
    {
        switch (place.Value, given)
        {
            case (JsonObject members, JsonObject additions):
                foreach ((string name, JsonNode? addition) in additions.ToArray())
                {
                    if (addition is not null && place.Find(name) is { } there)
                    {
                        Join(there, addition);
                    }
                    else
                    {
                        members[name] = addition?.DeepClone();
                    }
                }

                break;
            case (JsonArray elements, JsonArray additions):
                foreach (JsonNode? addition in additions.Where(addition => !elements.Any(element => JsonNode.DeepEquals(element, addition))).ToArray())
                {
                    elements.Add(addition?.DeepClone());
                }

                break;
            case var (there, addition) when !JsonNode.DeepEquals(there, addition):
                throw new ManifestException(place.Pointer, $"{there?.ToJsonString()} stands here, and a fragment says {addition.ToJsonString()}: change the template, or leave the fragment out.");
        }
    }
}
