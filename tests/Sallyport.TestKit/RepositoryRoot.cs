namespace Sallyport.TestKit;

/// <summary>Where the repository lies, found by walking up from the test's own assembly: source paths are rewritten in a deterministic build.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The folder of <c>EdgeSolution.sln</c>.</summary>
    public static string Path => Found.Value;

    /// <summary>A file or folder below it.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "EdgeSolution.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No EdgeSolution.sln above {AppContext.BaseDirectory}.");
    }
}
