using System.Text.Json.Nodes;
using System.Xml;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>When a rule over the logs is looked at, and how.</summary>
/// <param name="Frequency">Pause between two looks.</param>
/// <param name="Window">How old a row of the result may be to count.</param>
/// <param name="Range">How far the query looks back.</param>
/// <param name="Dimensions">Columns by which alerts are told apart.</param>
internal sealed record AlertRule(TimeSpan Frequency, TimeSpan Window, TimeSpan Range, string[] Dimensions)
{
    private const string Prefix = "alert-sallyport-prod-";

    /// <summary>All of them, by name, as the templates make them for production.</summary>
    public static async Task<IReadOnlyDictionary<string, AlertRule>> AllAsync() =>
        (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Insights/scheduledQueryRules").ToDictionary(static rule => rule.Name[Prefix.Length..], Read, StringComparer.Ordinal);

    /// <summary>As our stand-in for Azure Monitor takes it: times in minutes.</summary>
    public JsonObject ToJson() => new()
    {
        ["frequency"] = Frequency.TotalMinutes,
        ["window"] = Window.TotalMinutes,
        ["range"] = Range.TotalMinutes,
        ["dimensions"] = new JsonArray([.. Dimensions.Select(static name => JsonValue.Create(name))]),
    };

    private static AlertRule Read(Resource rule)
    {
        TimeSpan window = XmlConvert.ToTimeSpan(rule.Text("windowSize"));
        return new AlertRule(
            XmlConvert.ToTimeSpan(rule.Text("evaluationFrequency")),
            window,
            rule.Text("overrideQueryTimeRange") is { Length: > 0 } range ? XmlConvert.ToTimeSpan(range) : window,
            [.. rule.At("criteria", "allOf")![0]!["dimensions"]!.AsArray().Select(static one => one!["name"]!.ToString())]);
    }
}
