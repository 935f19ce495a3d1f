using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>How images come about, and what a release says of them.</summary>
public sealed partial class SupplyChainTests : IDisposable
{
    private static readonly string[] OnlyForBuilds =
        ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.NET.ILLink.Tasks", "Microsoft.VisualStudio.Threading.Analyzers"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-supply-");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(RepositoryRoot.Combine(".github", "workflows")).Select(file => Path.GetFileName(file))];

    private static IEnumerable<string> Modules => Directory.GetDirectories(RepositoryRoot.Combine("modules")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Workflows))]
    public void An_action_is_pinned_to_a_commit_and_a_job_may_only_read_unless_it_says_more(string workflow)
    {
        string text = File.ReadAllText(RepositoryRoot.Combine(".github", "workflows", workflow));
        Assert.Contains("\npermissions: { contents: read }\n", text, StringComparison.Ordinal);
        Assert.All(Used().Matches(text).Select(match => match.Groups["what"].Value), used => Assert.Matches(Pinned(), used));
        Assert.DoesNotMatch(Spliced(), text);
    }

    [Fact]
    public void A_release_has_the_image_of_every_module_for_both_platforms()
    {
        string text = File.ReadAllText(RepositoryRoot.Combine(".github", "workflows", "release.yml"));
        Assert.Contains($"module: [{string.Join(", ", Modules)}]", text, StringComparison.Ordinal);
        Assert.Contains("platform: [{ name: amd64, ", text, StringComparison.Ordinal);
        Assert.Contains("{ name: arm64v8, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bill_of_materials_of_a_module_is_what_its_lock_file_has()
    {
        _ = await Command.RunAsync(RepositoryRoot.Combine("eng", "sbom.sh"), "SecureBuffer");
        JsonNode bill = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("artifacts", "sbom", "SecureBuffer.cdx.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("CycloneDX", "SecureBuffer"), ((string?)bill["bomFormat"], (string?)bill["metadata"]!["component"]!["name"]));
        Assert.Equal(
            Locked("SecureBuffer").Order(StringComparer.OrdinalIgnoreCase),
            bill["components"]!.AsArray().Select(one => $"{one!["name"]} {one["version"]}").Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
        Assert.All(bill["components"]!.AsArray(), one => Assert.Equal(128, ((string)one!["hashes"]![0]!["content"]!).Length));
    }

    [Fact]
    public async Task The_lock_file_has_what_was_pushed_by_module_and_platform()
    {
        string one = new('1', 64), two = new('2', 64), three = new('3', 64);
        Push("modules/Watchdog.amd64", $"registry.example/sallyport/watchdog:1.2.3-amd64@sha256:{one}\n");
        Push("modules/Watchdog.arm64v8", $"registry.example/sallyport/watchdog:1.2.3-arm64v8@sha256:{two}\n");
        Push("images/1", $"mcr.example/hub:1.6\nmcr.example/hub:1.6.9@sha256:{three}\n");
        JsonNode made = JsonNode.Parse(await LockAsync())!;
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$"""
            {
              "schema": "sallyport.images-lock/1",
              "modules": {
                "Watchdog": { "image": "registry.example/sallyport/watchdog:1.2.3", "digests": { "amd64": "sha256:{{one}}", "arm64v8": "sha256:{{two}}" } }
              },
              "images": { "mcr.example/hub:1.6": { "image": "mcr.example/hub:1.6.9", "digests": { "amd64": "sha256:{{three}}", "arm64v8": "sha256:{{three}}" } } }
            }
            """),
            made), made.ToJsonString());
    }

    [Fact]
    public async Task The_lock_file_of_a_release_makes_a_manifest_without_findings_for_each_platform()
    {
        foreach (string module in Modules)
        {
            Push($"modules/{module}.amd64", $"registry.example/sallyport/{module.ToLowerInvariant()}:1.2.3-amd64@sha256:{Digest(1)}");
            Push($"modules/{module}.arm64v8", $"registry.example/sallyport/{module.ToLowerInvariant()}:1.2.3-arm64v8@sha256:{Digest(2)}");
        }

        Push("images/1", $"mcr.microsoft.com/azureiotedge-agent:1.6\nmcr.microsoft.com/azureiotedge-agent:1.6.9@sha256:{Digest(3)}\n");
        Push("images/2", $"mcr.microsoft.com/azureiotedge-hub:1.6\nmcr.microsoft.com/azureiotedge-hub:1.6.9@sha256:{Digest(4)}\n");
        Push("images/3", $"mcr.microsoft.com/azureiotedge-metrics-collector:2.0\nmcr.microsoft.com/azureiotedge-metrics-collector:2.0.9@sha256:{Digest(5)}\n");
        Push("images.lock.json", await LockAsync());
        string said = await Command.RunAsync(
            RepositoryRoot.Combine("eng", "prove-lock.sh"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["CONTAINER_REGISTRY_SERVER"] = "registry.example" },
            Path.Combine(_folder.FullName, "images.lock.json"), "dotnet", SimulatorRun.Built("sallyportctl"));
        Assert.Equal(2, said.Split("nothing is wrong by").Length - 1);
    }

    [Theory]
    [InlineData("registry.example/sallyport/watchdog:1.2.3-amd64")]
    [InlineData("registry.example/sallyport/watchdog:1.2.3-amd64@sha256:1234")]
    [InlineData("")]
    public async Task An_image_without_a_digest_makes_no_lock_file(string pushed)
    {
        Push("modules/Watchdog.amd64", pushed);
        Push("images/1", $"mcr.example/hub:1.6\nmcr.example/hub:1.6.9@sha256:{new string('3', 64)}\n");
        Assert.Contains("refused", await Command.RunAsync("bash", "-c", "\"$0\" \"$1\" 2>&1 || echo refused", RepositoryRoot.Combine("eng", "images-lock.sh"), _folder.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_of_another_version_than_module_json_says_is_refused_before_anything_is_built()
    {
        Peer.Require("jq");
        Assert.Contains(
            "make them agree",
            await Command.RunAsync("bash", "-c", "\"$0\" Watchdog amd64 99.0.0 2>&1 || true", RepositoryRoot.Combine("eng", "image.sh")),
            StringComparison.Ordinal);
    }

    private static string Digest(int number) => $"{number:d64}";

    private static IEnumerable<string> Locked(string module) =>
        JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("modules", module, "packages.lock.json")))!["dependencies"]!["net10.0"]!.AsObject()
            .Where(one => (string?)one.Value!["type"] is not "Project" && !OnlyForBuilds.Contains(one.Key, StringComparer.Ordinal))
            .Select(one => $"{one.Key} {one.Value!["resolved"]}");

    private async Task<string> LockAsync()
    {
        Peer.Require("jq");
        return await Command.RunAsync(RepositoryRoot.Combine("eng", "images-lock.sh"), _folder.FullName);
    }

    private void Push(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    [GeneratedRegex(@"uses: (?<what>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Used();

    [GeneratedRegex(@"^(\./.*|[a-z0-9-]+/[a-z0-9-]+@[0-9a-f]{40} # v[0-9.]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pinned();

    // What others write, put into a shell by the template engine.
    [GeneratedRegex(@"run:[^\n]*\$\{\{", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spliced();
}
