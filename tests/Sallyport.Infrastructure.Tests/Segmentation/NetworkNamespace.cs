using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>Network namespaces that <c>ip netns</c> has named. A socket stays in the one that it was made in, whoever uses it later.</summary>
internal static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x4000_0000;

    /// <summary>Makes something there, on a thread that ends there.</summary>
    public static Task<T> MakeAsync<T>(string name, Func<T> make)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle there = File.OpenHandle($"/run/netns/{name}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                if (SetNamespace(there, CloneNewNet) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                made.SetResult(make());
            }
            catch (Exception e) when (e is Win32Exception or IOException or System.Net.Sockets.SocketException)
            {
                made.SetException(e);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return made.Task;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeFileHandle there, int kind);
}
