using System.Runtime.InteropServices;

namespace Sallyport.Simulator.Modules;

/// <summary>The request to stop that Docker sends.</summary>
internal static partial class UnixSignal
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM. A process that is gone already is no error.</summary>
    public static void SendTerminate(int processId) => _ = Kill(processId, Terminate);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
