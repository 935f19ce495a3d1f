using System.CommandLine;

namespace Sallyport.Ctl.Modbus;

/// <summary>The options that say which plan is meant: shared by all verbs that take one.</summary>
/// <param name="module">The module that is meant unless somebody says another one.</param>
internal sealed class PlanOptions(string module = PlanFile.DefaultModule)
{
    /// <summary>The module of a manifest.</summary>
    public Option<string?> Module { get; } = new("--module")
    {
        Description = $"In a deployment manifest: the module whose desired properties are meant ({module} if it is not given).",
        HelpName = "name",
    };

    /// <summary>Values of placeholders.</summary>
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "The value of a placeholder ${NAME} in a template; may be repeated. Without it the environment variable of that name counts.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(Module);
        verb.Options.Add(Set);
    }

    /// <summary>Reads the file that is meant.</summary>
    public PlanFile Read(string path, ParseResult parsed, Func<string, string?> variable)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in parsed.GetValue(Set) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new WrongUsageException($"--set {pair}: it takes NAME=VALUE.");
            }

            values[pair[..equals]] = pair[(equals + 1)..];
        }

        return PlanFile.Read(path, parsed.GetValue(Module) ?? module, name => values.GetValueOrDefault(name) ?? variable(name));
    }
}
