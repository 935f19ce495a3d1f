using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Cloud;

/// <summary>The twin of one identity at IoT Hub, where the truth is. Safe to use from any thread.</summary>
internal sealed class Twin
{
    private readonly Lock _gate = new();
    private readonly JsonObject _desired = new() { [TwinJson.Version] = 1L };
    private readonly JsonObject _reported = new() { [TwinJson.Version] = 1L };

    /// <summary>The whole twin, a copy: «desired» and «reported», each with «$version».</summary>
    public JsonObject Read()
    {
        lock (_gate)
        {
            return new JsonObject { ["desired"] = _desired.DeepClone(), ["reported"] = _reported.DeepClone() };
        }
    }

    /// <summary>Merges a patch into the desired properties.</summary>
    /// <returns>The patch as devices get it, with the new «$version».</returns>
    public JsonObject PatchDesired(JsonObject patch)
    {
        lock (_gate)
        {
            return Patch(_desired, patch);
        }
    }

    /// <summary>Replaces the desired properties.</summary>
    /// <returns>The difference as devices get it, with the new «$version».</returns>
    public JsonObject ReplaceDesired(JsonObject desired)
    {
        lock (_gate)
        {
            var current = (JsonObject)_desired.DeepClone();
            _ = current.Remove(TwinJson.Version);
            return Patch(_desired, TwinJson.Difference(current, desired));
        }
    }

    /// <summary>Merges a patch into the reported properties.</summary>
    /// <returns>The new «$version».</returns>
    public long PatchReported(JsonObject patch)
    {
        lock (_gate)
        {
            return TwinJson.ReadVersion(Patch(_reported, patch));
        }
    }

    private static JsonObject Patch(JsonObject target, JsonObject patch)
    {
        var versioned = (JsonObject)patch.DeepClone();
        versioned[TwinJson.Version] = TwinJson.ReadVersion(target) + 1;
        TwinJson.Merge(target, versioned);
        return versioned;
    }
}
