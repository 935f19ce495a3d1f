using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>How the templates are written.</summary>
public sealed class TemplateTests
{
    [Fact]
    public async Task The_compiler_finds_nothing_to_complain_of() => Assert.Empty((await Templates.ReadAsync()).Diagnostics);

    [Fact]
    public async Task Every_file_is_written_as_the_compiler_writes_it()
    {
        Templates templates = await Templates.ReadAsync();
        foreach ((string file, string text) in templates.Formatted)
        {
            if (Templates.IsUpdating)
            {
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            }

            Assert.True(string.Equals(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal), $"bicep format {file}");
        }
    }

    [Fact]
    public void No_module_is_fetched_from_elsewhere() => Assert.All(
        Templates.Files, static file => Assert.DoesNotContain("'br", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public async Task Every_template_says_what_it_is_and_every_parameter_whether_it_is_required()
    {
        JsonObject[] all = [.. All((await Templates.ReadAsync()).Compiled)];
        Assert.InRange(all.Length, 13, int.MaxValue);
        foreach (JsonObject template in all)
        {
            var name = template["metadata"]!["name"]!.GetValue<string>();
            Assert.NotEmpty(template["metadata"]!["description"]!.GetValue<string>());
            foreach ((string parameter, JsonNode? definition) in Members(template["parameters"]))
            {
                var word = definition!["defaultValue"] is null ? "Required. " : "Optional. ";
                Assert.True(definition["metadata"]?["description"]?.GetValue<string>().StartsWith(word, StringComparison.Ordinal), $"{name}: {parameter} must begin with {word}");
            }

            Assert.All(Members(template["outputs"]), output => Assert.True(output.Value!["metadata"]?["description"] is not null, $"{name}: say what {output.Key} is."));
        }
    }

    [Fact]
    public async Task Nothing_secret_goes_in_or_comes_out()
    {
        JsonObject compiled = (await Templates.ReadAsync()).Compiled;
        Assert.All(All(compiled).SelectMany(template => Members(template["parameters"]).Concat(Members(template["outputs"]))), static one =>
            Assert.DoesNotContain("secure", one.Value!["type"]?.GetValue<string>() ?? "", StringComparison.OrdinalIgnoreCase));
        var text = compiled.ToJsonString();
        Assert.All(
            (string[])["listKeys", "listSecrets", "listCredentials", "primaryConnectionString", "InstrumentationKey", "sharedKey\""],
            word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Generated from the templates: <c>SALLYPORT_UPDATE_DOCS=1</c> writes them anew.</summary>
    [Fact]
    public async Task The_documents_of_the_templates_are_up_to_date()
    {
        _ = await Templates.ReadAsync(); // One compiler at a time.
        var folder = Directory.CreateTempSubdirectory("sallyport-bicep-").FullName;
        try
        {
            _ = await Bicep.RunAsync(
                "docs", "generate", "--pattern", Path.Combine(Templates.Folder, "**", "main.bicep"), "--outdir", folder, "--config", Path.Combine(Templates.Folder, "docs.bicepconfig.json"));
            string[] made = [.. Directory.EnumerateFiles(folder, "README.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            Assert.Equal(Templates.Files.Count(static file => Path.GetFileName(file) is "main.bicep"), made.Length);
            Assert.All(made, file => SameAsIn(Kept(Path.GetRelativePath(folder, file)), File.ReadAllText(file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The README of the folder is written by people.
    private static string Kept(string path)
    {
        var below = path.Contains("modules", StringComparison.Ordinal) ? path[path.IndexOf("modules", StringComparison.Ordinal)..] : "main.md";
        return Path.Combine(Templates.Folder, below);
    }

    private static void SameAsIn(string file, string text)
    {
        if (Templates.IsUpdating)
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{file} is missing: run the tests with SALLYPORT_UPDATE_DOCS=1.");
        var isSame = string.Equals(text, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.True(isSame, $"{Path.GetRelativePath(RepositoryRoot.Path, file)} is stale: run the tests with SALLYPORT_UPDATE_DOCS=1.");
    }

    private static IEnumerable<JsonObject> All(JsonObject template) =>
        Members(template["resources"])
            .Select(static resource => resource.Value?["properties"]?["template"] as JsonObject)
            .Where(static nested => nested is not null)
            .SelectMany(static nested => All(nested!))
            .Prepend(template);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];
}
