using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sallyport.SealedRing.Devices;

/// <summary>A file of fixed size that was written once from end to end, or a raw partition: <c>pwrite</c> and a checked <c>fdatasync</c>, never a growing file, never a map.</summary>
public sealed class FileDevice : IBlockDevice
{
    private const int FillChunk = 64 * 1024;
    private const string Unfinished = ".new";
    private const int NoSuchFolder = 2;

    private readonly SafeFileHandle _handle;

    private FileDevice(SafeFileHandle handle, long length)
    {
        _handle = handle;
        Length = length;
    }

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <summary>Opens what is there. A partition is opened exclusively, so that nothing mounts it meanwhile.</summary>
    /// <param name="path">Of the file or of the partition's device node.</param>
    public static DeviceOpening Open(string path)
    {
        int flags = PosixCalls.ReadWrite | PosixCalls.CloseOnExec | (IsPartition(path) ? PosixCalls.Exclusive : 0);
        return Open(path, flags, handle => PosixCalls.Seek(handle, 0, PosixCalls.SeekEnd));
    }

    /// <summary>Opens the very file of that name for an operator, who may have mistyped it: no symbolic link is followed, and nothing that is no file is waited for.</summary>
    /// <param name="path">Of the file or of the partition's device node.</param>
    /// <param name="isReadOnly">Whether every write to it is to fail.</param>
    public static DeviceOpening OpenItself(string path, bool isReadOnly)
    {
        int access = isReadOnly ? PosixCalls.ReadOnly : PosixCalls.ReadWrite;
        int flags = access | PosixCalls.CloseOnExec | PosixCalls.NoFollow | PosixCalls.NonBlocking | (IsPartition(path) ? PosixCalls.Exclusive : 0);
        return Open(path, flags, handle => PosixCalls.Seek(handle, 0, PosixCalls.SeekEnd));
    }

    /// <summary>
    /// Makes a file, writes all of it and flushes it with its folder: from now on a commit changes no size and no extent, and a full disk cannot stop it. It gets its
    /// name last, so that a file of that name is always whole.
    /// </summary>
    /// <param name="path">Of the file, which is not there yet. Only the user of this process may read it.</param>
    /// <param name="length">In bytes.</param>
    /// <returns>After a failure nothing is left of it.</returns>
    public static DeviceOpening Create(string path, long length)
    {
        string unfinished = path + Unfinished;
        DeviceOpening opening = Open(unfinished, PosixCalls.ReadWrite | PosixCalls.CloseOnExec | PosixCalls.Create, _ => length);
        if (opening is not DeviceOpening.Opened { Device: FileDevice device })
        {
            return opening is DeviceOpening.Absent ? new DeviceOpening.Failed(new DeviceFault("open", NoSuchFolder)) : opening;
        }

        // What an earlier attempt left may be longer.
        if (device.TryEmpty(out DeviceFault fault) && device.TryFill(0, length, out fault) && TryName(unfinished, path, out fault) && TryFlushFolder(path, out fault))
        {
            return opening;
        }

        device.Dispose();
        File.Delete(unfinished);
        return fault.ErrorNumber == DeviceFault.Exists ? new DeviceOpening.InUse() : new DeviceOpening.Failed(fault);
    }

    /// <summary>Overwrites nothing, but takes the name away and flushes the folder: the last step of a wipe.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="fault">What the file system said.</param>
    public static bool TryRemove(string path, out DeviceFault fault)
    {
        if (PosixCalls.Unlink(path) != 0)
        {
            fault = new DeviceFault("unlink", Marshal.GetLastPInvokeError());
            return false;
        }

        return TryFlushFolder(path, out fault);
    }

    /// <inheritdoc/>
    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault)
    {
        while (!destination.IsEmpty)
        {
            nint read = PosixCalls.Read(_handle, destination, (nuint)destination.Length, offset);
            if (read > 0)
            {
                destination = destination[(int)read..];
                offset += read;
            }
            else if (read == 0 || Marshal.GetLastPInvokeError() != PosixCalls.Interrupted)
            {
                fault = new DeviceFault("pread", read == 0 ? 0 : Marshal.GetLastPInvokeError());
                return false;
            }
        }

        fault = default;
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
    {
        while (!source.IsEmpty)
        {
            nint written = PosixCalls.Write(_handle, source, (nuint)source.Length, offset);
            if (written > 0)
            {
                source = source[(int)written..];
                offset += written;
            }
            else if (written == 0 || Marshal.GetLastPInvokeError() != PosixCalls.Interrupted)
            {
                fault = new DeviceFault("pwrite", written == 0 ? 0 : Marshal.GetLastPInvokeError());
                return false;
            }
        }

        fault = default;
        return true;
    }

    /// <inheritdoc/>
    public bool TryFlush(out DeviceFault fault)
    {
        // Never repeated, not even after EINTR: after a failed flush the kernel has forgotten which pages it did not write.
        int failed = PosixCalls.FlushData(_handle);
        fault = failed == 0 ? default : new DeviceFault("fdatasync", Marshal.GetLastPInvokeError());
        return failed == 0;
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _handle.Dispose();

    private static DeviceOpening Open(string path, int flags, Func<SafeFileHandle, long> length)
    {
        int descriptor = PosixCalls.Open(path, flags, PosixCalls.OwnerOnly);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error == 2 ? new DeviceOpening.Absent() : new DeviceOpening.Failed(new DeviceFault("open", error));
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (PosixCalls.Lock(handle, PosixCalls.LockExclusiveNow) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            return error == DeviceFault.Locked ? new DeviceOpening.InUse() : new DeviceOpening.Failed(new DeviceFault("flock", error));
        }

        return new DeviceOpening.Opened(new FileDevice(handle, length(handle)));
    }

    internal static bool IsPartition(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !Directory.Exists(path);

    /// <summary>Makes a file longer, with zeros that are written.</summary>
    internal bool TryGrow(long length, out DeviceFault fault)
    {
        if (!TryFill(Length, length, out fault))
        {
            return false;
        }

        Length = length;
        return true;
    }

    /// <summary>Gives a file another name, over another file.</summary>
    internal static bool TryRename(string from, string to) => PosixCalls.Rename(from, to) == 0 && TryFlushFolder(to, out _);

    private bool TryEmpty(out DeviceFault fault)
    {
        int failed = PosixCalls.SetLength(_handle, 0);
        fault = failed == 0 ? default : new DeviceFault("ftruncate", Marshal.GetLastPInvokeError());
        return failed == 0;
    }

    private bool TryFill(long from, long to, out DeviceFault fault)
    {
        // Zeros that were written, not a hole and not unwritten extents: those would be converted, and journaled, at the first commit to each place.
        byte[] zeros = new byte[FillChunk];
        for (long at = from; at < to; at += FillChunk)
        {
            if (!TryWrite(at, zeros.AsSpan(0, (int)Math.Min(FillChunk, to - at)), out fault))
            {
                return false;
            }
        }

        return TryFlush(out fault);
    }

    // Who makes a file of that name holds the lock of the unfinished one, or has finished: nothing is renamed over.
    private static bool TryName(string unfinished, string path, out DeviceFault fault)
    {
        if (Path.Exists(path))
        {
            fault = new DeviceFault("rename", DeviceFault.Exists);
            return false;
        }

        int failed = PosixCalls.Rename(unfinished, path);
        fault = failed == 0 ? default : new DeviceFault("rename", Marshal.GetLastPInvokeError());
        return failed == 0;
    }

    private static bool TryFlushFolder(string path, out DeviceFault fault)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        int descriptor = PosixCalls.Open(folder, PosixCalls.ReadOnly | PosixCalls.CloseOnExec, 0);
        if (descriptor < 0)
        {
            fault = new DeviceFault("open", Marshal.GetLastPInvokeError());
            return false;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        int failed = PosixCalls.Flush(handle);
        fault = failed == 0 ? default : new DeviceFault("fsync", Marshal.GetLastPInvokeError());
        return failed == 0;
    }
}
