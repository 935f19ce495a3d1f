using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary>docs/operations/manifests.md and docs/formats/images-lock.md say what is so.</summary>
public sealed partial class OperatorsGuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Guide => File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "manifests.md"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_rules_of_the_document_are_the_rules_of_the_command()
    {
        var table = new StringBuilder("| rule | severity | what is demanded | what to do |\n| --- | --- | --- | --- |\n");
        foreach (ManifestRule rule in ManifestRules.All)
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{rule.Id}` | {(rule.Severity is RuleSeverity.Error ? "error" : "warning")} | {rule.Demand} | {rule.Remedy} |\n");
        }

        Golden.Match("manifest-rules.md", table.ToString());
        Assert.Contains(table.ToString(), Guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_of_the_document_work()
    {
        string[][] commands = [.. Command.Matches(Guide).Select(match => match.Groups["arguments"].Value.Split(' '))];
        Assert.Equal(5, commands.Length);
        string images = _folder.Write("images.lock.json", PlantManifest.Lock().ToJsonString());
        string values = _folder.Write(".env", string.Concat(PlantManifest.Sets.Where(text => text is not "--set").Select(text => text + "\n")));
        foreach (string[] command in commands)
        {
            using var bench = new Bench();
            string[] arguments = [.. command.Select(argument => argument switch
            {
                "images.lock.json" => images,
                ".env" => values,
                "deployment.template.json" => RepositoryRoot.Combine(argument),
                "deployment.json" => _folder[argument],
                _ => argument,
            })];
            string[] places = command.Contains("build", StringComparer.Ordinal) && !command.Contains("--template", StringComparer.Ordinal)
                ? ["--template", RepositoryRoot.Combine(PlantManifest.Production), "--output", _folder["with-fragments.json"]]
                : [];
            Assert.True(await bench.RunAsync([.. arguments, .. places]) is ExitCode.Good, $"{string.Join(' ', command)}\n{bench.Output}{bench.Errors}");
        }
    }

    [Fact]
    public void Every_fragment_is_in_the_table_and_no_other()
    {
        string section = Guide[Guide.IndexOf("## Fragments", StringComparison.Ordinal)..Guide.IndexOf("## Where things lie", StringComparison.Ordinal)];
        Assert.Equal(
            Directory.EnumerateFiles(RepositoryRoot.Combine("infra", "edge", "fragments")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            FragmentRow.Matches(section).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_of_a_lock_file_is_one()
    {
        string text = File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "images-lock.md"));
        string json = Json.Match(text).Groups["json"].Value;
        ImageLock images = ImageLock.Read("images-lock.md", json);
        Assert.Equal(["SecureBuffer"], images.Modules.Keys);
        Assert.Equal("mcr.microsoft.com/azureiotedge-hub:1.6.2", images.Images["mcr.microsoft.com/azureiotedge-hub:1.6"].Image);
        Assert.Equal(2, JsonNode.Parse(json)!["modules"]!["SecureBuffer"]!["digests"]!.AsObject().Count);
    }

    [GeneratedRegex("^sallyportctl (?<arguments>manifest [^\n]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"^\| `(?<name>[a-z][a-z-]*)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FragmentRow { get; }

    [GeneratedRegex("```json\n(?<json>[^`]+)```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Json { get; }
}
