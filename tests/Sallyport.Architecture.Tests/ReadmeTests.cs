namespace Sallyport.Architecture.Tests;

/// <summary>The commands that the README promises are the commands that continuous integration runs.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("dotnet run --project tools/Sallyport.Simulator")]
    [InlineData("dotnet test")]
    public void A_command_of_the_readme_is_run_by_continuous_integration(string command)
    {
        Assert.Contains(command, Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(command, Repository.Read(".ci/run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_local_link_of_a_document_leads_somewhere()
    {
        IEnumerable<string> documents = Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.md", SearchOption.AllDirectories));
        IEnumerable<string> broken =
            from document in documents
            from link in MarkdownLinks.In(File.ReadAllText(document))
            let target = Path.Combine(Path.GetDirectoryName(document)!, link)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Repository.Relative(document)} -> {link}";
        Assert.Empty(broken);
    }
}
