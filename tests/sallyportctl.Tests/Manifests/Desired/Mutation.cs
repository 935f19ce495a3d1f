using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Tests.Manifests.Desired;

/// <summary>One change of a good document.</summary>
/// <param name="Place">JSON pointer of what was changed.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Document">The changed document.</param>
internal sealed record Mutation(string Place, MutationKind Kind, JsonNode Document)
{
    private static readonly string[] Replacements = ["\"text\"", "\"\"", "\"1\"", "-1", "0", "1", "65", "300", "12345678901", "1.5", "true", "false", "null", "{}", "[]", "[1]", "{\"unknown\":1}"];

    /// <summary>All changes of all places.</summary>
    public static IEnumerable<Mutation> Of(JsonObject document) => Places(document, []).SelectMany(place => Of(document, place));

    private static IEnumerable<Mutation> Of(JsonObject document, string[] place)
    {
        string pointer = string.Concat(place.Select(name => "/" + name));
        JsonValueKind before = At(document, place)!.GetValueKind();
        if (before is JsonValueKind.Object)
        {
            yield return new Mutation(pointer, MutationKind.UnknownKey, Changed(document, place, static node => node.AsObject()["unknownKey"] = 1));
            yield return new Mutation(pointer, MutationKind.UnknownKey, Changed(document, place, static node => node.AsObject()["not a name"] = 1));
        }

        if (place.Length is 0)
        {
            yield break;
        }

        foreach (JsonNode? value in Replacements.Select(text => JsonNode.Parse(text)))
        {
            bool isSame = Group(value?.GetValueKind() ?? JsonValueKind.Null) == Group(before);
            yield return new Mutation(pointer, isSame ? MutationKind.OtherValue : MutationKind.OtherType, Changed(document, place[..^1], node => Put(node, place[^1], value)));
        }

        yield return new Mutation(pointer, MutationKind.LeftOut, Changed(document, place[..^1], node => Remove(node, place[^1])));
    }

    private static IEnumerable<string[]> Places(JsonNode? node, string[] place) => node switch
    {
        JsonObject members => [place, .. members.SelectMany(member => Places(member.Value, [.. place, member.Key]))],
        JsonArray elements => [place, .. elements.Index().SelectMany(element => Places(element.Item, [.. place, $"{element.Index}"]))],
        _ => [place],
    };

    private static JsonNode Changed(JsonObject document, string[] place, Action<JsonNode> change)
    {
        JsonNode copy = document.DeepClone();
        change(At(copy, place)!);
        return copy;
    }

    private static JsonNode? At(JsonNode document, string[] place) =>
        place.Aggregate((JsonNode?)document, (node, name) => node is JsonArray elements ? elements[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node![name]);

    private static void Put(JsonNode parent, string name, JsonNode? value)
    {
        if (parent is JsonArray elements)
        {
            elements[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value?.DeepClone();
        }
        else
        {
            parent[name] = value?.DeepClone();
        }
    }

    private static void Remove(JsonNode parent, string name)
    {
        if (parent is JsonArray elements)
        {
            elements.RemoveAt(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            parent.AsObject().Remove(name);
        }
    }

    private static JsonValueKind Group(JsonValueKind kind) => kind is JsonValueKind.False ? JsonValueKind.True : kind;
}
