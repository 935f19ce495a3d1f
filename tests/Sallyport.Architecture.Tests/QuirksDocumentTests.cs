using System.Text.RegularExpressions;

namespace Sallyport.Architecture.Tests;

/// <summary>What docs/operations/modbus-quirks.md promises is shown by the tests that it names.</summary>
public sealed partial class QuirksDocumentTests
{
    private static readonly string[] Rows =
        [.. Repository.Read("docs/operations/modbus-quirks.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Where(IsPromise)];

    [Fact]
    public void Every_row_names_its_tests()
    {
        Assert.InRange(Rows.Length, 40, int.MaxValue);
        Assert.All(Rows, row => Assert.True(TestName.IsMatch(Comment.Match(row).Value), row));
    }

    [Fact]
    public void Every_test_that_a_row_names_is_there()
    {
        ILookup<string, string> sources = Repository.AllSources
            .Where(path => Repository.Relative(path).StartsWith("tests/", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText, StringComparer.Ordinal);
        IEnumerable<string> missing =
            from row in Rows
            from Match name in TestName.Matches(Comment.Match(row).Value)
            where !sources[name.Groups["class"].Value].Any(source => HasTest(source, name.Groups["method"].Value))
            select name.Value;
        Assert.Empty(missing);
    }

    // The heads of the tables promise nothing.
    private static bool IsPromise(string row) => !row.StartsWith("| what happens", StringComparison.Ordinal) && !row.StartsWith("| --- ", StringComparison.Ordinal);

    private static bool HasTest(string source, string method) =>
        source.Contains($" {method}(", StringComparison.Ordinal)
        && (source.Contains("[Fact", StringComparison.Ordinal) || source.Contains("[Theory", StringComparison.Ordinal));

    [GeneratedRegex("<!-- .* -->", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"(?<class>\w+Tests)\.(?<method>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName { get; }
}
