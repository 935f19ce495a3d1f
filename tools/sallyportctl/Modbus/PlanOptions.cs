using System.CommandLine;
using Sallyport.Ctl.Manifests;

namespace Sallyport.Ctl.Modbus;

/// <summary>The options that say which plan is meant: shared by all verbs that take one.</summary>
/// <param name="module">The module that is meant unless somebody says another one.</param>
internal sealed class PlanOptions(string module = PlanFile.DefaultModule)
{
    private readonly PlaceholderOptions _placeholders = new();

    /// <summary>The module of a manifest.</summary>
    public Option<string?> Module { get; } = new("--module")
    {
        Description = $"In a deployment manifest: the module whose desired properties are meant ({module} if it is not given).",
        HelpName = "name",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(Module);
        _placeholders.AddTo(verb);
    }

    /// <summary>Reads the file that is meant.</summary>
    public PlanFile Read(string path, ParseResult parsed, Func<string, string?> variable) =>
        PlanFile.Read(path, parsed.GetValue(Module) ?? module, _placeholders.Read(parsed, variable));
}
