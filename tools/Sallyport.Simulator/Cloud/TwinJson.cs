using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Cloud;

/// <summary>Merges and compares twin properties. Null in a patch deletes; objects merge, everything else replaces.</summary>
internal static class TwinJson
{
    public const string Version = "$version";

    /// <summary>Applies a patch in place. «$version» in the patch replaces the version.</summary>
    public static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                _ = target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = WithoutNulls(value);
            }
        }
    }

    /// <summary>The patch that makes the second of the first; empty if they are the same.</summary>
    public static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach ((string name, JsonNode? value) in to)
        {
            if (value is JsonObject inner && from[name] is JsonObject existing)
            {
                JsonObject difference = Difference(existing, inner);
                if (difference.Count > 0)
                {
                    patch[name] = difference;
                }
            }
            else if (!JsonNode.DeepEquals(value, from[name]))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach ((string name, _) in from)
        {
            if (!to.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch;
    }

    public static long ReadVersion(JsonObject properties) => properties[Version]?.GetValue<long>() ?? 0;

    private static JsonNode WithoutNulls(JsonNode value)
    {
        if (value is not JsonObject properties)
        {
            return value.DeepClone();
        }

        var copy = new JsonObject();
        Merge(copy, properties);
        return copy;
    }
}
