using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>The cases of all rules.</summary>
internal static class RuleCases
{
    private const string EveryRule = "every-rule";

    private static readonly string Folder = RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "Rules");

    /// <summary>The file of each rule, and what stands in <c>every-rule.json</c> for each of them besides.</summary>
    public static RuleCase[] All { get; } = [.. Names().Order(StringComparer.Ordinal).SelectMany(static rule => Read(rule, rule).Concat(Read(EveryRule, rule)))];

    /// <summary>Rules with a file.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)).Where(static name => name is not EveryRule);

    private static IEnumerable<RuleCase> Read(string file, string rule) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file + ".json")))!.AsArray().Select(one => new RuleCase(rule, one!["test"]!.ToString(), one.AsObject()));
}
