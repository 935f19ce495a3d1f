using System.Text.RegularExpressions;

namespace Sallyport.Architecture.Tests;

/// <summary>Names that say nothing are refused, and files that grow too long to read at once.</summary>
public sealed partial class NamingTests
{
    private const int ArgueAbove = 250;
    private const int RefuseAbove = 400;

    /// <summary>Files above <see cref="ArgueAbove"/> lines, each with its argument.</summary>
    private static readonly Dictionary<string, string> Argued = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void No_folder_or_type_has_a_name_that_says_nothing()
    {
        IEnumerable<string> bad = Repository.AllSources.Select(Repository.Relative).Where(path => EmptyName.IsMatch(path));
        Assert.Empty(bad);
    }

    [Fact]
    public void Files_stay_short_enough_to_read_at_once()
    {
        IEnumerable<string> tooLong = Repository.AllSources
            .Select(path => (Path: Repository.Relative(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > RefuseAbove || (file.Lines > ArgueAbove && !Argued.ContainsKey(file.Path)))
            .Select(file => $"{file.Path}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_argued_file_still_needs_its_argument() =>
        Assert.All(Argued.Keys, path => Assert.True(File.ReadLines(Path.Combine(Repository.Root, path)).Count() > ArgueAbove, path));

    // CertificateManager is a module's name, fixed by the architecture.
    [GeneratedRegex(@"(^|/)(?!CertificateManager)\w*(Helper|Helpers|Util|Utils|Common|Manager|Services|Misc)(/|\.cs$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmptyName { get; }
}
