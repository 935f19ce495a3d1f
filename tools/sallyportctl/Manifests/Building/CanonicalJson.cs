using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>One spelling of each document: members in the order of their code points, two blanks for each level, a line feed at the end.</summary>
internal static class CanonicalJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as a file.</summary>
    public static byte[] File(JsonNode document) => Encoding.UTF8.GetBytes(Sorted(document)!.ToJsonString(Indented) + "\n");

    /// <summary>The document as one line without blanks.</summary>
    public static string Line(JsonNode document) => Sorted(document)!.ToJsonString(Compact);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
