namespace Sallyport.EndToEnd.Tests.Faults;

/// <summary>A folder with lights as the kernel has them: one for each severity.</summary>
internal sealed class Lamps : IDisposable
{
    public static readonly string[] Severities = ["critical", "high", "medium"];

    private const string Dark = "0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-lamps-");

    public Lamps()
    {
        foreach (var severity in Severities)
        {
            _ = _folder.CreateSubdirectory(severity);
            File.WriteAllText(FileOf(severity, "trigger"), "[none] timer\n");
            File.WriteAllText(FileOf(severity, "max_brightness"), "255\n");
            File.WriteAllText(FileOf(severity, "brightness"), Dark);
        }
    }

    public string Path => _folder.FullName;

    /// <summary>Waits until a lamp was lit, dark and lit again.</summary>
    public async Task UntilItFlashesAsync(string severity)
    {
        await UntilAsync(severity, isLit: true);
        await UntilAsync(severity, isLit: false);
        await UntilAsync(severity, isLit: true);
    }

    public Task UntilItIsDarkAsync(string severity) => UntilAsync(severity, isLit: false);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task UntilAsync(string severity, bool isLit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (Read(severity) is not { Length: > 0 } brightness || string.Equals(brightness, Dark, StringComparison.Ordinal) == isLit)
        {
            _ = await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private string Read(string severity) => File.ReadAllText(FileOf(severity, "brightness")).Trim();

    private string FileOf(string severity, string file) => System.IO.Path.Combine(_folder.FullName, severity, file);
}
