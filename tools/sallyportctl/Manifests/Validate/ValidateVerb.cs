using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.Ctl.Manifests.Rules;

namespace Sallyport.Ctl.Manifests.Validate;

/// <summary><c>sallyportctl manifest validate</c>: judges templates and built manifests.</summary>
internal sealed class ValidateVerb(Surroundings surroundings)
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Templates and built manifests; one with \"$schema-template\" is a template.", Arity = ArgumentArity.OneOrMore };
    private readonly PlaceholderOptions _placeholders = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("validate", "Judges templates and built manifests by the rules of docs/operations/manifests.md. Exit code 0 if there is no error; warnings are none.");
        verb.Arguments.Add(_files);
        _placeholders.AddTo(verb);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        Func<string, string?> find = _placeholders.Read(parsed, surroundings.Variable);
        ImmutableArray<FileFindings> files = [.. parsed.GetRequiredValue(_files).Select(path => new FileFindings(path, ManifestRules.Judge(File.ReadAllText(path), find)))];
        return surroundings.Screen.Give(new ValidationReport(files), parsed.GetValue(CommandTree.Json));
    }
}
