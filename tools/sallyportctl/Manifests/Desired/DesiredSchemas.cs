using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Manifests.Desired;

/// <summary>The schemas of docs/formats/desired, which are built in: one for each module of this repository.</summary>
internal static class DesiredSchemas
{
    private const string Prefix = "desired/";
    private const string Suffix = ".schema.json";

    private static readonly Assembly Self = typeof(DesiredSchemas).Assembly;

    private static readonly ImmutableDictionary<string, Lazy<SchemaJudge>> Judges = Self.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToImmutableDictionary(name => name[Prefix.Length..^Suffix.Length], name => new Lazy<SchemaJudge>(() => Read(name)), StringComparer.Ordinal);

    /// <summary>Names of the modules that have one.</summary>
    public static IEnumerable<string> Modules => Judges.Keys;

    /// <summary>What judges the desired properties of a module; null if it is none of this repository.</summary>
    public static SchemaJudge? Find(string module) => Judges.GetValueOrDefault(module)?.Value;

    /// <summary>Reads a schema that is built in.</summary>
    /// <param name="name">Its name among the resources.</param>
    public static SchemaJudge Read(string name)
    {
        using Stream file = Self.GetManifestResourceStream(name)!;
        return new SchemaJudge(JsonNode.Parse(file)!.AsObject());
    }
}
