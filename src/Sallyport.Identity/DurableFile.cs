using System.Runtime.InteropServices;

namespace Sallyport.Identity;

/// <summary>Replaces a file so that after a power cut either the old or the new content is there, whole.</summary>
public static partial class DurableFile
{
    /// <summary>Writes to a temporary file, flushes it to the disk, renames it over the old one, flushes the folder.</summary>
    /// <param name="path">In a folder that exists. The temporary file is beside it, with <c>.new</c> behind its name.</param>
    /// <param name="content">All of the new content. Only the module's own user may read the file.</param>
    /// <param name="cancellationToken">Leaves the old content.</param>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        ReplaceAsync(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite, cancellationToken);

    /// <summary>The same, for a file that others may read.</summary>
    /// <param name="path">In a folder that exists. The temporary file is beside it, with <c>.new</c> behind its name.</param>
    /// <param name="content">All of the new content.</param>
    /// <param name="mode">Who may read it, less what the process's mask takes away; ignored on Windows.</param>
    /// <param name="cancellationToken">Leaves the old content.</param>
    /// <exception cref="IOException">The disk said no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, UnixFileMode mode, CancellationToken cancellationToken)
    {
        string temporary = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        await using (var stream = new FileStream(temporary, options))
        {
            await stream.WriteAsync(content, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // A rename is in the folder, and the folder is written back when the kernel likes, unless it is told to.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int readOnly = 0;
        int descriptor = Open(folder, readOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        }

        int failed = Flush(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed != 0)
        {
            throw new IOException($"The folder cannot be flushed to the disk: error {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
