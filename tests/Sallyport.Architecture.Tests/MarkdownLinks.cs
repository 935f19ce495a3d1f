using System.Text.RegularExpressions;

namespace Sallyport.Architecture.Tests;

/// <summary>Links of a Markdown text that point into the repository.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> In(string text) =>
        Link.Matches(text)
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link { get; }
}
