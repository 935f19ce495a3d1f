namespace Sallyport.Watchdog.Tests.Annunciator;

/// <summary>A folder with lights as the kernel has them.</summary>
internal sealed class LedFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sallyport-leds-").FullName;

    public void Add(string name, int brightest = 255)
    {
        Directory.CreateDirectory(File(name, ""));
        System.IO.File.WriteAllText(File(name, "trigger"), "none [heartbeat] timer\n");
        System.IO.File.WriteAllText(File(name, "max_brightness"), FormattableString.Invariant($"{brightest}\n"));
        System.IO.File.WriteAllText(File(name, "brightness"), "0\n");
    }

    public void Remove(string name) => Directory.Delete(File(name, ""), recursive: true);

    public string Read(string name, string file) => System.IO.File.ReadAllText(File(name, file)).TrimEnd('\n');

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string File(string name, string file) => System.IO.Path.Combine(Path, name, file);
}
