using System.Globalization;
using System.Runtime.InteropServices;

namespace Sallyport.Hosting;

/// <summary>The pages of a program's own file that are mapped into its process.</summary>
/// <remarks>The kernel maps whatever lies around a page that is used, and keeps what is mapped as code before everything else. Of a module's program nearly all is mapped after
/// a start, and one part in twelve is used at rest. What is left goes back to be cache of a file, first to make room; what is used again is mapped again, without a look at the disk while it is in the cache.</remarks>
internal static partial class ProgramPages
{
    private const string Maps = "/proc/self/smaps";
    private const int DontNeed = 4; // MADV_DONTNEED, madvise(2)

    /// <summary>Leaves those that hold what the file holds. A mapping of which the process has changed anything stays as it is: there the file would come back instead.</summary>
    /// <param name="program">Full path of the file.</param>
    /// <returns>How many mappings were left: none where the kernel does not tell.</returns>
    public static int Leave(string program)
    {
        if (!File.Exists(Maps))
        {
            return 0;
        }

        int left = 0;
        foreach ((nint start, nint length) in Unchanged(File.ReadAllLines(Maps), program))
        {
            left += Advise(start, length, DontNeed) is 0 ? 1 : 0;
        }

        return left;
    }

    /// <summary>The mappings of a file that cannot be written and of which nothing was changed, by proc_pid_smaps(5).</summary>
    /// <param name="smaps">The lines.</param>
    /// <param name="program">Full path of the file.</param>
    public static IReadOnlyList<(nint Start, nint Length)> Unchanged(IEnumerable<string> smaps, string program)
    {
        var found = new List<(nint Start, nint Length)>();
        (nint Start, nint Length)? open = null;
        foreach (string line in smaps)
        {
            string[] words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (words is [var range, [.., 'p'] and ['r', '-', ..], _, _, _, var path] && string.Equals(path.TrimStart(), program, StringComparison.Ordinal)
                && range.Split('-') is [var first, var end]
                && nint.TryParse(first, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out nint start) && nint.TryParse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out nint past))
            {
                open = (start, past - start);
            }
            else if (words is [_, [_, _, _, 'p' or 's'], ..])
            {
                open = null;
            }
            else if (words is ["Anonymous:", "0", ..] && open is { } unchanged)
            {
                found.Add(unchanged);
                open = null;
            }
        }

        return found;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nint length, int advice);
}
