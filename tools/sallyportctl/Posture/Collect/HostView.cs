namespace Sallyport.Ctl.Posture.Collect;

/// <summary>The host's files and programs. With another root than <c>/</c> it is a box that lies in a folder: its files are read, and no program is asked.</summary>
/// <param name="root">Where the host's root is.</param>
/// <param name="run">Asks a program; null if none is to be asked.</param>
internal sealed class HostView(string root, Func<string, string[], CancellationToken, Task<ProgramOutcome>>? run)
{
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly UnixFileMode[] Bits = Enum.GetValues<UnixFileMode>();

    /// <summary>The host that this runs on, or a box in a folder.</summary>
    public static HostView Of(string root) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) is var full && full is "/"
        ? new HostView(full, HostPrograms.RunAsync)
        : new HostView(full, run: null);

    /// <summary>Where a file of the host really is.</summary>
    public string Map(string path) => root is "/" ? path : root + path;

    /// <summary>Whether there is a file or a folder.</summary>
    public bool Exists(string path) => Path.Exists(Map(path));

    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Only others may read it.</exception>
    public string Read(string path)
    {
        using var stream = new FileStream(Map(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var text = new System.Text.StringBuilder();
        var buffer = new char[16 * 1024];
        for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            text.Append(buffer, 0, read);
            if (text.Length > MostBytes)
            {
                throw new IOException($"{path} is too long.");
            }
        }

        return text.ToString();
    }

    /// <summary>The lines of a file, without those that are empty; none if there is no such file.</summary>
    public string[] Lines(string path) =>
        Exists(path) ? Read(path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    /// <summary>The first line of a file; null if there is no such file.</summary>
    public string? Line(string path) => Exists(path) ? Read(path).Split('\n')[0].Trim() : null;

    /// <summary>The names in a folder that a pattern with * and ? fits, in order; none if there is no such folder.</summary>
    public string[] Names(string folder, string pattern = "*") => Directory.Exists(Map(folder))
        ? [.. Directory.EnumerateFileSystemEntries(Map(folder), pattern).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Where a symbolic link leads, as it is written; null if it is none.</summary>
    public string? LinkOf(string path) => new FileInfo(Map(path)).LinkTarget;

    /// <summary>When a file was written.</summary>
    public DateTimeOffset Written(string path) => new(File.GetLastWriteTimeUtc(Map(path)), TimeSpan.Zero);

    /// <summary>The rights of a file, in octal.</summary>
    public string Mode(string path)
    {
        UnixFileMode mode = OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(Map(path));
        int bits = Bits.Where(bit => mode.HasFlag(bit)).Sum(bit => (int)bit);
        return "0" + Convert.ToString(bits, 8).PadLeft(3, '0');
    }

    /// <summary>Asks a program of the host.</summary>
    public Task<ProgramOutcome> RunAsync(string program, string[] arguments, CancellationToken stop) =>
        run is null ? Task.FromResult<ProgramOutcome>(new ProgramOutcome.Missing()) : run(program, arguments, stop);
}
