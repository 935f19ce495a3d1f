using System.Globalization;
using System.Runtime.InteropServices;

namespace Sallyport.Simulator.Modules;

/// <summary>A clock of the modules that can be set: their processes run with libfaketime, which reads how wrong it is from a file.</summary>
/// <param name="file">That file.</param>
internal sealed class ModuleClock(string file)
{
    private const string Name = "libfaketimeMT.so.1";

    private static readonly string[] Folders =
    [
        $"/usr/lib/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/faketime", "/usr/lib/faketime", "/usr/lib64/faketime",
    ];

    /// <summary>Where libfaketime is; null if it is not installed.</summary>
    public static string? Library => Folders.Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);

    /// <summary>Variables of a module's process. Clocks that only run forward stay true, and so do the times of files.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library ?? string.Empty,
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>Sets it wrong by this much; zero sets it right.</summary>
    public void Set(TimeSpan by)
    {
        // A module that reads half a number would jump once more.
        string next = file + ".next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0;+0}\n"));
        File.Move(next, file, overwrite: true);
    }
}
