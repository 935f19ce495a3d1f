namespace Sallyport.Infrastructure.Tests;

/// <summary>The templates of Azure resources.</summary>
public sealed class BicepTests
{
    [Fact]
    public async Task The_compiler_is_the_pinned_one() =>
        Assert.StartsWith("Bicep CLI version 0.49.2 ", await Bicep.RunAsync("--version"), StringComparison.Ordinal);
}
