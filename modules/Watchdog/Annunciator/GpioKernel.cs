using System.Runtime.InteropServices;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>The kernel itself.</summary>
internal sealed partial class GpioKernel : IGpioKernel
{
    private const int ReadWriteCloseOnExec = 0x80002;

    public int Open(string chip) => OrError(OpenFile(chip, ReadWriteCloseOnExec));

    public int Control(int descriptor, uint request, Span<byte> argument) => OrError(ControlDevice(descriptor, request, argument));

    public void Close(int descriptor) => _ = CloseFile(descriptor);

    private static int OrError(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlDevice(int descriptor, nuint request, Span<byte> argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseFile(int descriptor);
}
