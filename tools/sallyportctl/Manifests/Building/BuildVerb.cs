using System.CommandLine;
using System.Text.Json.Nodes;
using Sallyport.Identity;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary><c>sallyportctl manifest build</c>: from a template to a manifest that names every image by its digest.</summary>
internal sealed class BuildVerb(Surroundings surroundings)
{
    private static readonly string Fragments = Path.Combine("infra", "edge", "fragments");

    private readonly Option<string> _template = new("--template") { Description = "The template.", HelpName = "file", DefaultValueFactory = static _ => "deployment.template.json" };
    private readonly Option<string> _lock = new("--lock") { Description = "Digests of the release, which its job writes.", HelpName = "file", DefaultValueFactory = static _ => "images.lock.json" };
    private readonly Option<string> _output = new("--output") { Description = "The manifest, mode 0600: it may hold the password of a registry.", HelpName = "file", DefaultValueFactory = static _ => "deployment.json" };
    private readonly Option<string> _platform = new("--platform") { Description = "Platform of the gateway: amd64 or arm64v8.", HelpName = "name", DefaultValueFactory = static _ => "amd64" };
    private readonly Option<string[]> _with = new("--with")
    {
        Description = "A fragment to put in, such as tpm or serial: a name below infra/edge/fragments beside the template, or a file that ends in .json. May be repeated.",
        HelpName = "fragment",
        DefaultValueFactory = static _ => [],
    };

    private readonly PlaceholderOptions _placeholders = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("build", "Builds a manifest from a template: fragments, placeholders, digests, pieces of create options. What has no value or no digest is refused, and nothing is written.");
        verb.Options.Add(_template);
        verb.Options.Add(_lock);
        verb.Options.Add(_output);
        verb.Options.Add(_platform);
        verb.Options.Add(_with);
        _placeholders.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string template = parsed.GetRequiredValue(_template);
        string output = parsed.GetRequiredValue(_output);
        string locked = parsed.GetRequiredValue(_lock);
        string json = await File.ReadAllTextAsync(template, stop);
        JsonObject[] fragments = [.. (parsed.GetValue(_with) ?? []).Select(name => PathOf(name, template)).Select(path => Fragment.Read(path, File.ReadAllText(path)))];
        var images = ImageLock.Read(locked, await File.ReadAllTextAsync(locked, stop));
        BuildOutcome outcome = new ManifestBuild(images, parsed.GetRequiredValue(_platform), _placeholders.Read(parsed, surroundings.Variable)).Build(json, fragments);
        if (outcome is BuildOutcome.Built built)
        {
            await DurableFile.ReplaceAsync(output, built.Manifest, stop);
        }

        return surroundings.Screen.Give(new BuildReport(template, output, outcome), parsed.GetValue(CommandTree.Json));
    }

    private static string PathOf(string fragment, string template)
    {
        string path = fragment.EndsWith(".json", StringComparison.Ordinal)
            ? fragment
            : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(template))!, Fragments, fragment + ".json");
        return File.Exists(path) ? path : throw new WrongUsageException($"--with {fragment}: there is no fragment {path}.");
    }
}
