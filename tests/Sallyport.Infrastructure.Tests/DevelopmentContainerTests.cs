using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The containers of the editor have what a fresh machine of CI has.</summary>
public sealed class DevelopmentContainerTests
{
    private static readonly string Folder = RepositoryRoot.Combine(".devcontainer");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "devcontainer.json", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Sdk_and_node_are_those_of_the_repository(string file)
    {
        JsonNode container = Read(file);
        string sdk = (string)JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("global.json")))!["sdk"]!["version"]!;
        string workflow = File.ReadAllText(RepositoryRoot.Combine(".github", "workflows", "ci.yml"));
        Assert.StartsWith($"{Version(container, "dotnet")}.", sdk, StringComparison.Ordinal);
        Assert.Contains($"node-version: {Version(container, "node")} ", workflow, StringComparison.Ordinal);
        Assert.EndsWith(":bookworm", (string)container["image"]!, StringComparison.Ordinal);
        Assert.Contains("image: \"debian:bookworm\"", workflow, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_new_container_is_made_ready_by_the_script(string file) =>
        Assert.StartsWith(".devcontainer/create.sh", (string)Read(file)["postCreateCommand"]!, StringComparison.Ordinal);

    [Fact]
    public async Task Bicep_is_found_where_the_script_looks_for_it()
    {
        const string question = "dotnet msbuild tests/Sallyport.Infrastructure.Tests -getProperty:BicepPath";
        Assert.Contains($"\"$({question})\"", await File.ReadAllTextAsync(Path.Combine(Folder, "create.sh"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string answer = await Command.RunAsync("bash", "-c", $"cd '{RepositoryRoot.Path}' && realpath \"$({question})\"");
        Assert.Equal(Path.GetFullPath(Bicep.Path), answer.Trim());
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;

    private static string Version(JsonNode container, string feature) =>
        (string)container["features"]!.AsObject().Single(one => one.Key.Contains($"/features/{feature}:", StringComparison.Ordinal)).Value!["version"]!;
}
