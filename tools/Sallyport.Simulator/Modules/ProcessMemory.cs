using System.Globalization;

namespace Sallyport.Simulator.Modules;

/// <summary>Memory of a process at one instant, MiB, as proc(5) counts it.</summary>
/// <param name="Resident">All that lies in memory: the sum of the others (VmRSS).</param>
/// <param name="Anonymous">Heaps, stacks, and pages of files that were written to (RssAnon). This is what the process alone costs.</param>
/// <param name="File">Pages of the program and of libraries; several processes share them, and the kernel may drop them (RssFile).</param>
/// <param name="Shared">Shared memory (RssShmem).</param>
internal sealed record ProcessMemory(double Resident, double Anonymous, double File, double Shared)
{
    /// <summary>Of a process that has ended.</summary>
    public static ProcessMemory None { get; } = new(0, 0, 0, 0);

    /// <summary>Reads it.</summary>
    /// <param name="processId">Which process.</param>
    public static ProcessMemory Read(int processId)
    {
        try
        {
            string[] lines = System.IO.File.ReadAllLines($"/proc/{processId}/status");
            return new(Find(lines, "VmRSS:"), Find(lines, "RssAnon:"), Find(lines, "RssFile:"), Find(lines, "RssShmem:"));
        }
        catch (IOException)
        {
            return None;
        }
    }

    // In KiB. A process that has ended but was not waited for has no such lines.
    private static double Find(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? Math.Round(double.Parse(line[name.Length..^" kB".Length], CultureInfo.InvariantCulture) / 1024, 1)
            : 0;
}
