using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>The worked example as it must be. After a deliberate change run the tests once with <c>SALLYPORT_UPDATE_GOLDEN=1</c> and look at what changed.</summary>
internal static class FirewallGolden
{
    public static void Match(string name, string text)
    {
        string path = RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "Segmentation", "Golden", name);
        if (Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
