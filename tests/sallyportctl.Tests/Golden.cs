using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests;

/// <summary>Outputs as they must be. After a deliberate change run the tests once with <c>SALLYPORT_UPDATE_GOLDEN=1</c> and look at what changed.</summary>
internal static class Golden
{
    public static void Match(string name, string text)
    {
        // The console of the tests keeps the blanks at the end of lines.
        string actual = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
        string path = RepositoryRoot.Combine("tests", "sallyportctl.Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
