using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Sallyport.Ctl.Manifests.Desired;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Manifest;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests.Desired;

/// <summary>docs/formats/desired against what modules say themselves, against their READMEs, and against another judge of schemas.</summary>
public sealed partial class DesiredSchemaTests
{
    // A certificate that the module would take is made in the module's own tests; the points file is read by another reader.
    private static readonly string[] InNoExample = ["verifierCertificate", "pointsFile", "path", "sha256"];

    public static TheoryData<string> Modules => [.. DesiredExamples.Names];

    [Fact]
    public void Every_module_of_the_repository_has_a_schema_and_nothing_else_has()
    {
        Assert.Equal(PlantManifest.Modules.Order(StringComparer.Ordinal), DesiredSchemas.Modules.Order(StringComparer.Ordinal));
        Assert.Equal(
            PlantManifest.Modules.Order(StringComparer.Ordinal).Select(module => $"{module}.schema.json"),
            Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "formats", "desired")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_schema_uses_no_word_that_our_judge_does_not_know(string module) => Assert.Empty(Words(Schema(module)).Except(SchemaJudge.Keywords, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_key_says_what_it_is(string module) =>
        Assert.All(Properties(Schema(module)), property => Assert.True(
            property.Schema.ContainsKey("$ref") || property.Schema["description"]?.GetValue<string>() is { Length: > 2 }, property.Name));

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task What_the_templates_and_the_readme_say_is_taken(string module)
    {
        JsonSchema other = await OtherJudgeAsync(module);
        JsonNode[] documents = [OfTemplate(PlantManifest.Production, module), OfTemplate(PlantManifest.Debug, module), .. OfReadme(module), .. DesiredExamples.Documents(module)];
        Assert.All(documents, document =>
        {
            Assert.Empty(Judge(module, document));
            Assert.Empty(other.Validate(document.ToJsonString()));
        });
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task It_refuses_nothing_that_the_module_takes_and_all_of_wrong_type_or_name_that_the_module_refuses(string module)
    {
        JsonSchema other = await OtherJudgeAsync(module);
        Assert.All(DesiredExamples.Documents(module), document => Assert.True(DesiredExamples.Accepts(module, document)));
        Mutation[] mutations = [.. DesiredExamples.Documents(module).SelectMany(Mutation.Of)];
        Assert.InRange(mutations.Length, 300, 20_000);
        List<string> wrong = [];
        foreach (Mutation mutation in mutations)
        {
            bool takes = DesiredExamples.Accepts(module, mutation.Document);
            bool ours = Judge(module, mutation.Document).Count is 0;
            bool theirs = other.Validate(mutation.Document.ToJsonString()).Count is 0;
            bool mustRefuse = !takes && mutation.Kind is MutationKind.OtherType or MutationKind.UnknownKey;
            if (ours != theirs || (takes && !ours) || (mustRefuse && ours))
            {
                wrong.Add($"{mutation.Kind} {mutation.Place}: module {takes}, ours {ours}, other {theirs}");
            }
        }

        Assert.True(wrong.Count is 0, string.Join('\n', wrong.Take(40)));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_key_of_the_readme_is_in_the_schema_and_the_other_way_round(string module)
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("modules", module, "README.md"));
        string[] inSchema = [.. Properties(Schema(module)).Select(property => property.Name).Distinct(StringComparer.Ordinal)];
        string[] inTables = [.. KeyRows(readme).SelectMany(row => Key.Matches(row).Select(match => match.Groups["last"].Value))];
        Assert.NotEmpty(inTables);
        Assert.Empty(inTables.Except(inSchema, StringComparer.Ordinal));
        Assert.All(inSchema, name => Assert.Matches($"[`/\".]{Regex.Escape(name)}[`/\".]", readme));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void The_examples_have_every_key(string module)
    {
        string[] used = [.. DesiredExamples.Documents(module).SelectMany(Names).Distinct(StringComparer.Ordinal)];
        Assert.Empty(Properties(Schema(module)).Select(property => property.Name).Except(used, StringComparer.Ordinal).Except(InNoExample, StringComparer.Ordinal));
    }

    [Fact]
    public void Words_that_modules_know_are_those_of_the_schemas()
    {
        Assert.Equal(Vocabulary.Types.Keys.Order(StringComparer.Ordinal), Choices("EtherNetIpReader", "tag", "type"));
        Assert.Equal(ModbusMaster.Configuration.Vocabulary.Types.Keys.Order(StringComparer.Ordinal), Choices("ModbusReader", "point", "type"));
        Assert.Equal(ModbusMaster.Configuration.Vocabulary.Orders64.Keys.Order(StringComparer.Ordinal), Choices("ModbusReader", "unit", "wordOrder64"));
        Assert.Equal(ModbusMaster.Configuration.Vocabulary.Tables.Keys.Order(StringComparer.Ordinal), Choices("ModbusReader", "point", "table"));
    }

    private static IEnumerable<string> Choices(string module, string definition, string key) =>
        Schema(module)["definitions"]![definition]!["properties"]![key]!["enum"]!.AsArray().Select(choice => choice!.GetValue<string>()).Order(StringComparer.Ordinal);

    private static IReadOnlyList<Ctl.Manifests.Rules.Complaint> Judge(string module, JsonNode document) => DesiredSchemas.Find(module)!.Judge(new ManifestNode(document, ""));

    private static async Task<JsonSchema> OtherJudgeAsync(string module) => await JsonSchema.FromJsonAsync(Schema(module).ToJsonString(), TestContext.Current.CancellationToken);

    private static JsonObject Schema(string module) =>
        JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "desired", $"{module}.schema.json")))!.AsObject();

    // Placeholders have their values: the other judge does not know them.
    private static JsonNode OfTemplate(string file, string module)
    {
        var content = new ManifestNode(JsonNode.Parse(PlantManifest.Template(file))!["modulesContent"], "");
        Placeholders.Expand(content, PlantManifest.Find);
        return content[module]["properties.desired"].Value!;
    }

    // Whole documents, or a section with its name in front.
    private static IEnumerable<JsonNode> OfReadme(string module) =>
        Example.Matches(File.ReadAllText(RepositoryRoot.Combine("modules", module, "README.md"))).Select(match => match.Groups["json"].Value)
            .Select(text => text.StartsWith('{') ? text : $"{{{text}}}")
            .Select(text => JsonNode.Parse(text)!)
            .Where(document => document.AsObject().All(member => Schema(module)["properties"]!.AsObject().ContainsKey(member.Key)))
            .Select(document => Whole(module, document));

    // The points file of ModbusReader stands beside what else a plan needs.
    private static JsonNode Whole(string module, JsonNode document)
    {
        foreach (string name in (Schema(module)["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => document[name] is null))
        {
            document[name] = new JsonObject();
        }

        return document;
    }

    // Rows of tables whose first heading begins with "key".
    private static IEnumerable<string> KeyRows(string readme) =>
        KeyTable.Matches(readme).SelectMany(table => table.Value.Split('\n').Skip(2)).Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(row => row.Split('|')[1]);

    private static IEnumerable<string> Words(JsonNode? schema) => schema is not JsonObject rule ? [] : rule.SelectMany(member => Below(member).Prepend(member.Key));

    private static IEnumerable<string> Below(KeyValuePair<string, JsonNode?> member) => member.Key switch
    {
        "properties" or "patternProperties" or "definitions" => member.Value!.AsObject().SelectMany(one => Words(one.Value)),
        "items" or "additionalProperties" or "not" => Words(member.Value),
        "anyOf" => member.Value!.AsArray().SelectMany(Words),
        _ => [],
    };

    private static IEnumerable<(string Name, JsonObject Schema)> Properties(JsonNode? schema) => schema is not JsonObject rule ? [] : rule.SelectMany(member => member.Key switch
    {
        "properties" => member.Value!.AsObject().SelectMany(one => Properties(one.Value).Prepend((one.Key, one.Value!.AsObject()))),
        "patternProperties" or "definitions" => member.Value!.AsObject().SelectMany(one => Properties(one.Value)),
        "items" => Properties(member.Value),
        _ => [],
    });

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Names(member.Value).Prepend(member.Key)),
        JsonArray elements => elements.SelectMany(Names),
        _ => [],
    };

    [GeneratedRegex("```json\n(?<json>[^`]+)```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"^\| key[^\n]*\n(\|[^\n]*\n)+", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex KeyTable { get; }

    [GeneratedRegex("`([^`]*/)?(?<last>[A-Za-z0-9]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key { get; }
}
