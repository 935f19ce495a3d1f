using System.CommandLine;

namespace Sallyport.Ctl.Pki;

/// <summary>Where the passphrase of an authority's key comes from: a file, or a question. Never the command line, which everybody on the machine can read.</summary>
internal sealed class PassphraseOption(Surroundings surroundings)
{
    private const int Shortest = 12;

    private readonly Option<string?> _file = new("--passphrase-file")
    {
        Description = "A file whose first line is the passphrase of the authority's key. Without it you are asked.",
        HelpName = "file",
    };

    /// <summary>Adds it to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(_file);

    /// <summary>The passphrase of a key that is there.</summary>
    /// <exception cref="WrongUsageException">Nobody gives one.</exception>
    public async Task<string> ReadAsync(ParseResult parsed, string folder, CancellationToken stop) => parsed.GetValue(_file) switch
    {
        { } path => await FirstLineAsync(path, stop),
        null when surroundings.Screen.IsInteractive => await surroundings.Screen.AskSecretAsync($"Passphrase of the key in {folder}:", stop),
        _ => throw new WrongUsageException("The key has a passphrase, and nobody is there to type it: give --passphrase-file."),
    };

    /// <summary>The passphrase of a key that is to be made.</summary>
    /// <exception cref="WrongUsageException">It is too short, or typed in two ways.</exception>
    public async Task<string> NewAsync(ParseResult parsed, string folder, CancellationToken stop)
    {
        string first = await ReadAsync(parsed, folder, stop);
        if (first.Length < Shortest)
        {
            throw new WrongUsageException($"The passphrase has {first.Length} characters; it takes {Shortest} or more. Nothing was made.");
        }

        if (parsed.GetValue(_file) is null && !string.Equals(first, await surroundings.Screen.AskSecretAsync("Once more:", stop), StringComparison.Ordinal))
        {
            throw new WrongUsageException("The two passphrases differ. Nothing was made.");
        }

        return first;
    }

    private static async Task<string> FirstLineAsync(string path, CancellationToken stop)
    {
        string text = await File.ReadAllTextAsync(path, stop);
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
