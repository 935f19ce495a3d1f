using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Desired;

/// <summary>Judges by a JSON Schema of draft 07, as far as our own schemas go: it knows <see cref="Keywords"/> and no other.</summary>
/// <remarks>A text with a placeholder that has no value yet is believed whatever it will be.</remarks>
/// <param name="schema">The schema.</param>
internal sealed class SchemaJudge(JsonObject schema)
{
    private const string Definitions = "#/definitions/";

    /// <summary>What a schema may use.</summary>
    public static FrozenSet<string> Keywords { get; } = new[]
    {
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "definitions", "$ref", "type", "enum", "not", "anyOf", "minimum", "maximum", "minLength", "maxLength",
        "pattern", "items", "minItems", "maxItems", "properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public IReadOnlyList<Complaint> Judge(ManifestNode node) => [.. Judge(schema, node)];

    private IEnumerable<Complaint> Judge(JsonObject rule, ManifestNode node)
    {
        if (rule["$ref"]?.GetValue<string>() is { } reference)
        {
            return Judge(schema["definitions"]![reference[Definitions.Length..]]!.AsObject(), node);
        }

        if (rule["type"]?.GetValue<string>() is { } type && !Is(type, node.Value))
        {
            return [new Complaint(node.Pointer, $"{Found(node.Value)} is not {Article(type)}.")];
        }

        return
        [
            .. Choices(rule, node),
            .. node.Value switch
            {
                JsonObject value => Members(rule, node, value),
                JsonArray value => Elements(rule, node, value),
                JsonValue value when value.TryGetValue(out string? text) => Text(rule, node, text),
                JsonValue value when value.GetValueKind() is JsonValueKind.Number => Number(rule, node),
                _ => [],
            },
        ];
    }

    private IEnumerable<Complaint> Choices(JsonObject rule, ManifestNode node)
    {
        if (node.Value is JsonValue value && value.TryGetValue(out string? text) && DeploymentDocument.IsOpen(text))
        {
            yield break;
        }

        if (rule["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, node.Value)))
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is none of {string.Join(", ", choices.Select(choice => choice?.ToString()))}.");
        }

        if (rule["anyOf"] is JsonArray ways && ways.All(way => Judge(way!.AsObject(), node).Any()))
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is not what it may be: {rule["description"]}");
        }

        if (rule["not"] is JsonObject not && !Judge(not, node).Any())
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is not allowed: {rule["description"]}");
        }
    }

    private IEnumerable<Complaint> Members(JsonObject rule, ManifestNode node, JsonObject value)
    {
        foreach (string name in (rule["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !value.ContainsKey(name)))
        {
            yield return new Complaint($"{node.Pointer}/{name}", "It is missing.");
        }

        if (Count(rule, "minProperties", value.Count, "entries", node) is { } few)
        {
            yield return few;
        }

        foreach (Complaint complaint in node.Members.SelectMany(member => Member(rule, member.Name, member.Node)))
        {
            yield return complaint;
        }

        if (Count(rule, "maxProperties", value.Count, "entries", node) is { } many)
        {
            yield return many;
        }
    }

    private IEnumerable<Complaint> Member(JsonObject rule, string name, ManifestNode member)
    {
        if (rule["properties"]?[name] is JsonObject known)
        {
            return Judge(known, member);
        }

        foreach ((string pattern, JsonNode? patterned) in rule["patternProperties"]?.AsObject() ?? [])
        {
            if (IsMatch(name, pattern))
            {
                return Judge(patterned!.AsObject(), member);
            }
        }

        return rule["additionalProperties"] switch
        {
            JsonObject other => Judge(other, member),
            JsonValue closed when closed.GetValueKind() is JsonValueKind.False && rule["properties"] is JsonObject names =>
                [new Complaint(member.Pointer, $"Unknown key; known here are {string.Join(", ", names.Select(one => one.Key))}.")],
            JsonValue closed when closed.GetValueKind() is JsonValueKind.False => [new Complaint(member.Pointer, "This cannot be a name here: it has 1 to 64 of the characters A-Z a-z 0-9 _ and -.")],
            _ => [],
        };
    }

    private IEnumerable<Complaint> Elements(JsonObject rule, ManifestNode node, JsonArray value) =>
    [
        .. new[] { Count(rule, "minItems", value.Count, "elements", node), Count(rule, "maxItems", value.Count, "elements", node) }.OfType<Complaint>(),
        .. rule["items"] is JsonObject items ? node.Elements.SelectMany(element => Judge(items, element)) : [],
    ];

    private static IEnumerable<Complaint> Text(JsonObject rule, ManifestNode node, string text)
    {
        if (DeploymentDocument.IsOpen(text))
        {
            yield break;
        }

        if (new[] { Count(rule, "minLength", text.Length, "characters", node), Count(rule, "maxLength", text.Length, "characters", node) }.OfType<Complaint>().FirstOrDefault() is { } length)
        {
            yield return length;
        }
        else if (rule["pattern"]?.GetValue<string>() is { } pattern && !IsMatch(text, pattern))
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is not what it may be: {rule["description"] ?? pattern}");
        }
    }

    private static IEnumerable<Complaint> Number(JsonObject rule, ManifestNode node)
    {
        double number = double.Parse(node.Value!.ToJsonString(), CultureInfo.InvariantCulture);
        if (rule["minimum"]?.GetValue<double>() is { } least && number < least)
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is less than {rule["minimum"]}.");
        }
        else if (rule["maximum"]?.GetValue<double>() is { } most && number > most)
        {
            yield return new Complaint(node.Pointer, $"{Found(node.Value)} is more than {rule["maximum"]}.");
        }
    }

    private static Complaint? Count(JsonObject rule, string keyword, int count, string what, ManifestNode node)
    {
        int? bound = rule[keyword]?.GetValue<int>();
        bool isWrong = keyword.StartsWith("min", StringComparison.Ordinal) ? count < bound : count > bound;
        return isWrong ? new Complaint(node.Pointer, $"It has {count} {what}, {(count < bound ? "at least" : "at most")} {bound} are possible.") : null;
    }

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(double.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture)),
        _ => false,
    };

    private static string Article(string type) => type switch
    {
        "object" => "an object",
        "array" => "an array",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "string" => "a text",
        _ => $"a {type}",
    };

    private static string Found(JsonNode? value) => value switch
    {
        JsonObject => "An object",
        JsonArray => "An array",
        null => "null",
        _ when value.ToJsonString() is { Length: <= 80 } text => text,
        _ => "This",
    };

    private static bool IsMatch(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
