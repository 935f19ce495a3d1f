using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.BatchVerification.Content;

/// <summary>Reads rules from JSON; docs/formats/batch.md has the table of keys. Never throws on hostile bytes.</summary>
public static class ContentRulesReader
{
    private const int MostPoints = 10_000;

    private static readonly string[] Limits = ["min", "max", "maxChangePerSecond", "stuckForSeconds"];

    /// <summary>Reads rules.</summary>
    /// <param name="json">One document.</param>
    public static ContentRulesReading Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return new ContentRulesReading.Refused("", "it is not JSON, or a key stands in it twice");
        }
    }

    private static ContentRulesReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("points", out JsonElement points) || points.ValueKind != JsonValueKind.Array)
        {
            return new ContentRulesReading.Refused("/points", "give an array of rules, each for one point");
        }

        foreach (JsonProperty member in root.EnumerateObject().Where(member => member.Name is not "points"))
        {
            return Unknown("", member.Name);
        }

        if (points.GetArrayLength() > MostPoints)
        {
            return new ContentRulesReading.Refused("/points", FormattableString.Invariant($"{MostPoints} rules are possible"));
        }

        ImmutableArray<PointRule>.Builder rules = ImmutableArray.CreateBuilder<PointRule>();
        var seen = new HashSet<(string, string)>();
        foreach ((int at, JsonElement element) in points.EnumerateArray().Index())
        {
            string pointer = FormattableString.Invariant($"/points/{at}");
            if (ReadRule(pointer, element, rules) is { } refused)
            {
                return refused;
            }

            if (!seen.Add((rules[^1].Source, rules[^1].Point)))
            {
                return new ContentRulesReading.Refused(pointer, "the point has a rule already: put both into one");
            }
        }

        return new ContentRulesReading.Accepted(new ContentRules(rules.ToImmutable()));
    }

    private static ContentRulesReading.Refused? ReadRule(string pointer, JsonElement element, ImmutableArray<PointRule>.Builder rules)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new ContentRulesReading.Refused(pointer, "give an object with source, point and what is to be checked");
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            bool isName = member.Name is "source" or "point";
            if (!isName && !Limits.Contains(member.Name, StringComparer.Ordinal))
            {
                return Unknown(pointer, member.Name);
            }

            if (isName ? Text(member.Value).Length == 0 : Number(member.Value) is null)
            {
                return new ContentRulesReading.Refused($"{pointer}/{member.Name}", isName ? "give a name that is not empty" : "give a number");
            }
        }

        string source = TextOf(element, "source");
        string point = TextOf(element, "point");
        double?[] limits = [.. Limits.Select(name => element.TryGetProperty(name, out JsonElement value) ? Number(value) : null)];
        if (source.Length == 0 || point.Length == 0)
        {
            return new ContentRulesReading.Refused(pointer, "give the source and the point that it is for");
        }

        if (limits.All(limit => limit is null))
        {
            return new ContentRulesReading.Refused(pointer, $"nothing is to be checked: give {string.Join(", ", Limits[..^1])} or {Limits[^1]}");
        }

        if (limits[0] > limits[1])
        {
            return new ContentRulesReading.Refused($"{pointer}/min", "min has to be at most max");
        }

        if (limits[2] < 0 || limits[3] is <= 0 or > 1e9)
        {
            return new ContentRulesReading.Refused($"{pointer}/{Limits[limits[2] < 0 ? 2 : 3]}", "give a number above 0, and at most a billion seconds");
        }

        rules.Add(new PointRule(source, point, limits[0], limits[1], limits[2], limits[3] is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
        return null;
    }

    private static ContentRulesReading.Refused Unknown(string pointer, string name) =>
        new($"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", "there is no such key: remove it");

    private static string TextOf(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
}
