using System.Xml.Linq;

namespace Sallyport.Architecture.Tests;

/// <summary>The files of this repository, as the tests that guard its shape see them.</summary>
internal static class Repository
{
    private static readonly string[] SourceFolders = ["src", "modules", "tools", "cloud", "tests", "benchmarks"];

    public static string Root { get; } = TestKit.RepositoryRoot.Path;

    public static IEnumerable<string> Projects =>
        Existing(SourceFolders).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories));

    public static IEnumerable<string> ProductSources => Sources("src", "modules", "tools", "cloud");

    public static IEnumerable<string> AllSources => Sources(SourceFolders);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    public static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .Where(include => !include.Contains('*', StringComparison.Ordinal) && !include.Contains('$', StringComparison.Ordinal))
            .Select(include => Path.GetFileNameWithoutExtension(include))
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources(params string[] folders) =>
        Existing(folders).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<string> Existing(string[] folders) =>
        folders.Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists);
}
