using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests;

/// <summary>What the documents have people type is what the command understands.</summary>
public sealed partial class GuideCommandsTests
{
    private static readonly string[] Folders = ["docs", "modules"];

    public static TheoryData<string> Documents =>
    [
        .. Folders
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.md", SearchOption.AllDirectories))
            .Append(RepositoryRoot.Combine("README.md"))
            .Where(file => CommandsOf(file).Count > 0)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_command_of_a_document_is_understood(string document)
    {
        using var bench = new Bench();
        RootCommand root = CommandTree.Build(bench.Surroundings);
        Assert.Empty(CommandsOf(RepositoryRoot.Combine(document))
            .Select(command => (command, root.Parse(CommandLineParser.SplitCommandLine(command).Skip(1).ToArray()).Errors))
            .Where(read => read.Errors.Count > 0)
            .Select(read => $"{read.command}: {string.Join(' ', read.Errors.Select(error => error.Message))}"));
    }

    [Fact]
    public void The_documents_have_commands() => Assert.InRange(Documents.Count, 6, int.MaxValue);

    private static List<string> CommandsOf(string file) =>
        [.. Fence().Matches(File.ReadAllText(file)).SelectMany(block => Command().Matches(block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal)))
            .Select(match => Tail().Replace(match.Value.Trim(), ""))];

    [GeneratedRegex(@"^ *```[a-z]*\n(?<text>.*?)^ *```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ *sallyportctl .*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Command();

    // A remark, a pipe or a file that takes the output.
    [GeneratedRegex(@"\s+([#|>]|2>).*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Tail();
}
