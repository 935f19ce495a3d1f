using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.IotHub.Twin;

/// <summary>The complete desired properties, kept up from whole twins and patches. Pure. One thread at a time.</summary>
/// <remarks>Patches are not replayed after a disconnect, and edgeHub answers with an empty twin when it has none and is offline. So a whole
/// twin is the truth, except an empty one that is not newer than what we have; and a patch counts only as the very next version.</remarks>
internal sealed class DesiredState
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private DesiredProperties? _current;
    private bool _isConfirmed;

    /// <summary>Starts from the last run.</summary>
    public void Seed(DesiredProperties desired) => _current = Copy(desired);

    /// <summary>Takes the answer to a GET: <c>{"desired":{…,"$version":n},"reported":{…}}</c>.</summary>
    public DesiredStep ApplyTwin(ReadOnlyMemory<byte> payload)
    {
        if (Parse(payload) is not { } twin || twin["desired"] is not JsonObject desired || !TryTakeVersion(desired, out long version))
        {
            return DesiredStep.Malformed.Instance;
        }

        // IoT Hub numbers every twin from 1 on.
        if (desired.Count == 0 && version < 1)
        {
            return DesiredStep.Absent.Instance;
        }

        if (desired.Count == 0 && version <= _current?.Version)
        {
            return new DesiredStep.Unchanged("an empty twin that is not newer deletes nothing");
        }

        bool isSame = _current is { } current && current.Version == version && JsonNode.DeepEquals(current.Document, desired);
        if (isSame && _isConfirmed)
        {
            return new DesiredStep.Unchanged("the twin is the one we have");
        }

        _isConfirmed = true;
        return Replace(new DesiredProperties(version, desired));
    }

    /// <summary>Takes a patch: <c>{…,"$version":n}</c>.</summary>
    public DesiredStep ApplyPatch(ReadOnlyMemory<byte> payload)
    {
        if (Parse(payload) is not { } patch || !TryTakeVersion(patch, out long version) || version < 1)
        {
            return DesiredStep.Malformed.Instance;
        }

        if (_current?.Version == version)
        {
            return new DesiredStep.Unchanged("the patch is in the twin already");
        }

        // A lower version is not simply old: the identity may have been made anew, and then versions start again at 1.
        if (_current is null || version != _current.Version + 1)
        {
            return DesiredStep.Gap.Instance;
        }

        var merged = (JsonObject)_current.Document.DeepClone();
        Merge(merged, patch);
        return Replace(new DesiredProperties(version, merged));
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
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

    // A null below a new object has nothing to delete, and no twin holds a null.
    private static JsonNode WithoutNulls(JsonNode value)
    {
        if (value is not JsonObject source)
        {
            return value.DeepClone();
        }

        var copy = new JsonObject();
        Merge(copy, source);
        return copy;
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload.Span, nodeOptions: null, Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The version is taken out; absent counts as 0.
    private static bool TryTakeVersion(JsonObject desired, out long version)
    {
        version = 0;
        bool isValid = desired["$version"] switch
        {
            null => true,
            JsonValue value => value.TryGetValue(out version) && version >= 0,
            _ => false,
        };
        desired.Remove("$version");
        desired.Remove("$metadata");
        return isValid;
    }

    private static DesiredProperties Copy(DesiredProperties desired) =>
        desired with { Document = (JsonObject)desired.Document.DeepClone() };

    private DesiredStep.Changed Replace(DesiredProperties desired)
    {
        _current = desired;
        return new DesiredStep.Changed(Copy(desired));
    }
}
