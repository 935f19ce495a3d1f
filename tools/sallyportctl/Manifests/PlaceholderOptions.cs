using System.CommandLine;

namespace Sallyport.Ctl.Manifests;

/// <summary>Where the values of placeholders come from: the command line, then the file, then the environment.</summary>
internal sealed class PlaceholderOptions
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "The value of a placeholder ${NAME}; may be repeated. Without it the environment file counts, and then the environment variable of that name.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _file = new("--env-file") { Description = "A file with lines NAME=VALUE, such as .env beside the template.", HelpName = "file" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_set);
        verb.Options.Add(_file);
    }

    /// <summary>Gives what finds values.</summary>
    /// <exception cref="WrongUsageException">One is not NAME=VALUE.</exception>
    public Func<string, string?> Read(ParseResult parsed, Func<string, string?> variable)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parsed.GetValue(_file) is { } path)
        {
            foreach ((int line, string text) in File.ReadAllLines(path).Index())
            {
                if (text.AsSpan().Trim() is { Length: > 0 } pair && pair[0] is not '#')
                {
                    Add(values, pair.ToString(), $"{path}:{line + 1}");
                }
            }
        }

        foreach (string pair in parsed.GetValue(_set) ?? [])
        {
            Add(values, pair, $"--set {pair}");
        }

        return name => values.TryGetValue(name, out string? value) ? value : variable(name);
    }

    private static void Add(Dictionary<string, string> values, string pair, string place)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new WrongUsageException($"{place}: it takes NAME=VALUE.");
        }

        // As the tools read it, which hand the file to a shell's parser.
        string value = pair[(equals + 1)..].Trim();
        values[pair[..equals].Trim()] = value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;
    }
}
