using System.Text.Json;
using System.Text.Unicode;

namespace Sallyport.Telemetry.Json;

/// <summary>The one place where foreign bytes become JSON. Whatever they are, the answer is an object or null.</summary>
internal static class StrictJson
{
    /// <summary>Deeper than any message of ours; a batch of frames has 6 levels.</summary>
    public const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    public static T? Read<T>(ReadOnlySpan<byte> json, Func<JsonElement, T?> read)
        where T : class
    {
        if (json.Length > HubMessage.MaxSizeInBytes || !Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            return read(JsonElement.Parse(json, Options));
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 is legal JSON but not text; System.Text.Json notices when the text is asked for.
            return null;
        }
    }
}
