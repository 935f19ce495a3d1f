using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.EdgeHub.Twins;

/// <summary>edgeHub's copy of one twin, and what it has not told IoT Hub yet. Safe to use from any thread.</summary>
internal sealed class StoredTwin
{
    private readonly Lock _gate = new();
    private JsonObject? _desired;
    private JsonObject? _reported;
    private JsonObject? _unsent;
    private DateTimeOffset? _readAt;

    /// <summary>Held by whoever sends reported properties, so that they arrive in order.</summary>
    public SemaphoreSlim Sending { get; } = new(1, 1);

    /// <summary>The twin as a client gets it; an empty one if nothing is known, without a word that nothing is known.</summary>
    public string ToJson()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["desired"] = _desired?.DeepClone() ?? new JsonObject(),
                ["reported"] = _reported?.DeepClone() ?? new JsonObject(),
            }.ToJsonString();
        }
    }

    /// <summary>Whether desired properties are known, and IoT Hub's were last read before a moment.</summary>
    public bool IsOlderThan(DateTimeOffset moment)
    {
        lock (_gate)
        {
            return _desired is not null && (_readAt is null || _readAt < moment);
        }
    }

    /// <summary>Replaces the copy with IoT Hub's twin.</summary>
    /// <returns>What changed in the desired properties, «$version» included; empty if nothing did.</returns>
    public JsonObject Store(JsonObject twin, DateTimeOffset now)
    {
        lock (_gate)
        {
            JsonObject before = _desired ?? [];
            _desired = (JsonObject)twin["desired"]!.DeepClone();
            _reported = (JsonObject)twin["reported"]!.DeepClone();
            _readAt = now;
            return TwinJson.Difference(before, _desired);
        }
    }

    /// <summary>Merges a patch from IoT Hub if no version lies between; false if one does.</summary>
    public bool TryPatchDesired(JsonObject patch)
    {
        lock (_gate)
        {
            if (_desired is not null && TwinJson.ReadVersion(_desired) + 1 != TwinJson.ReadVersion(patch))
            {
                return false;
            }

            TwinJson.Merge(_desired ??= [], patch);
            return true;
        }
    }

    /// <summary>Takes a client's patch, to be sent later.</summary>
    public void Report(JsonObject patch)
    {
        lock (_gate)
        {
            TwinJson.Merge(_reported ??= [], patch);
            _unsent = Combine(_unsent, patch);
        }
    }

    /// <summary>Takes what has not been sent; null if nothing.</summary>
    public JsonObject? TakeUnsent()
    {
        lock (_gate)
        {
            JsonObject? unsent = _unsent;
            _unsent = null;
            return unsent;
        }
    }

    /// <summary>Gives back what could not be sent; what was reported since stays on top of it.</summary>
    public void PutBack(JsonObject unsent)
    {
        lock (_gate)
        {
            _unsent = _unsent is null ? unsent : Combine(unsent, _unsent);
        }
    }

    // Unlike a merge into a document, nulls stay: IoT Hub must hear of deletions.
    private static JsonObject Combine(JsonObject? earlier, JsonObject later)
    {
        JsonObject combined = earlier is null ? [] : (JsonObject)earlier.DeepClone();
        foreach ((string name, JsonNode? value) in later)
        {
            combined[name] = value is JsonObject inner && combined[name] is JsonObject existing
                ? Combine(existing, inner)
                : value?.DeepClone();
        }

        return combined;
    }
}
