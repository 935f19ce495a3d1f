using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Desired;
using Sallyport.Manifest;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests.Desired;

/// <summary>A third judge, ajv in strict mode: it takes no schema with a word that the standard does not have or that has no effect where it stands.</summary>
public sealed class StrictJudgeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Modules => [.. DesiredExamples.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Ajv_takes_the_schema_and_says_of_every_document_what_our_judge_says(string module)
    {
        var node = Peer.Require("node");
        var folder = RepositoryRoot.Combine("tests", "sallyportctl.Tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Peer.Missing("The Node packages are missing: run npm ci in tests/sallyportctl.Tests/node.");
        }

        var schema = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "formats", "desired", $"{module}.schema.json"), TestContext.Current.CancellationToken))!;
        Mutation[] mutations = [.. DesiredExamples.Documents(module).SelectMany(Mutation.Of)];
        string[] lines = [schema.ToJsonString(), .. mutations.Select(mutation => mutation.Document.ToJsonString())];
        var verdicts = (await PeerProcess.RunAsync(node, Path.Combine(folder, "judge.mjs"), _folder.Write("documents", string.Join('\n', lines)))).TrimEnd().Split('\n');
        Assert.Equal(mutations.Length, verdicts.Length);
        Assert.Empty(mutations.Zip(verdicts).Where(pair => OursTakes(module, pair.First.Document) != (pair.Second is "1")).Select(pair => $"{pair.First.Kind} {pair.First.Place}: ajv {pair.Second}"));
    }

    private static bool OursTakes(string module, JsonNode document) => DesiredSchemas.Find(module)!.Judge(new ManifestNode(document, "")).Count is 0;
}
