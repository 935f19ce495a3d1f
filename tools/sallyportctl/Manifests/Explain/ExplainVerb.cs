using System.CommandLine;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Explain;

/// <summary><c>sallyportctl manifest explain</c>: a manifest in tables.</summary>
internal sealed class ExplainVerb(Surroundings surroundings)
{
    private readonly Argument<string> _file = new("FILE") { Description = "A template or a built manifest." };
    private readonly PlaceholderOptions _placeholders = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("explain", "Shows what a manifest says: containers with their limits, what they have of the host, routes, whom they reach, sizes. It judges nothing; validate does.");
        verb.Arguments.Add(_file);
        _placeholders.AddTo(verb);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_file);
        try
        {
            var document = DeploymentDocument.Read(File.ReadAllText(path), _placeholders.Read(parsed, surroundings.Variable));
            return surroundings.Screen.Give(new ExplainReport(path, document.IsTemplate, ManifestPicture.Of(document)), parsed.GetValue(CommandTree.Json));
        }
        catch (ManifestException refused)
        {
            throw new WrongUsageException($"{path}: {refused.Message} \"{Terminal.Screen.Program} manifest validate\" says more.");
        }
    }
}
