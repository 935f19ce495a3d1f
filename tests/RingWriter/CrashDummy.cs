using System.Runtime.InteropServices;
using Sallyport.SealedRing.Keys;

namespace Sallyport.RingWriter;

/// <summary>Holds keys, says how its memory is mapped, and waits to be killed.</summary>
internal static partial class CrashDummy
{
    private const int Keys = 3;
    private const int SegmentationFault = 11;

    public static int Run(bool isDumpable, TextWriter output)
    {
        if (!isDumpable && !ProcessMemory.ForbidDumps())
        {
            return 1;
        }

        SecretKey[] keys = [.. Enumerable.Range(1, Keys).Select(fill => SecretKey.Create(bytes => bytes.Fill((byte)fill)))];
        output.WriteLine(File.ReadAllText("/proc/self/smaps"));

        // The runtime's own handler would take the signal of another process for nothing.
        Signal(SegmentationFault, 0);
        output.WriteLine("ready");
        Console.ReadLine();
        Array.ForEach(keys, key => key.Dispose());
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int number, nint handler);
}
