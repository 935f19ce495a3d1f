using System.Diagnostics;

namespace Sallyport.Simulator.Disks;

/// <summary>A small real disk for one folder: an ext4 file system in a thin image, which can be full, and which can fail. Needs root. Safe for several threads.</summary>
/// <remarks>The image lies in a tmpfs that is hardly larger. When that is full, blocks of the image that hold nothing but zeros are given up first, and then
/// nothing takes their place: the disk fails as one of a thin pool without space, at the flush, though it has promised the space. Nothing that is on it is lost.</remarks>
internal sealed class SmallDisk : IDisposable
{
    private const int ImageMebibytes = 16;
    private const int SpareMebibytes = 2;
    private const string Ballast = "ballast";

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly string _pool;
    private bool _isMounted = true;

    private SmallDisk(string folder, string pool) => (_folder, _pool) = (folder, pool);

    private string Image => Path.Combine(_pool, "image");

    /// <summary>Mounts a disk.</summary>
    /// <param name="folder">Where; what is in it is out of sight meanwhile.</param>
    /// <param name="pool">A folder of its own for what is behind it.</param>
    /// <param name="onMount">Told of each folder right before something is mounted there, so that it is unmounted whatever happens.</param>
    /// <exception cref="DiskException">There is none to be had.</exception>
    public static SmallDisk Mount(string folder, string pool, Action<string> onMount)
    {
        var disk = new SmallDisk(folder, pool);
        try
        {
            onMount(pool);
            Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={ImageMebibytes + SpareMebibytes}m"), "sallyport", pool);
            using (var image = File.Create(disk.Image))
            {
                image.SetLength(ImageMebibytes * 1024 * 1024);
            }

            // Without a journal an error of the disk stays one, and the file system is not shut down for good.
            Run("mkfs.ext4", "-q", "-b", "4096", "-m", "0", "-O", "^has_journal", "-E", "lazy_itable_init=0", disk.Image);
            onMount(folder);
            Run("mount", "-o", "loop,noatime,errors=continue", disk.Image, folder);
            disk.WriteBlockByBlock();
            return disk;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>Takes all space that is left.</summary>
    public void Fill() => Fill(_folder);

    /// <summary>Takes all space but what a folder and some small files need: no ring finds room.</summary>
    public void FillButForSmallFiles()
    {
        const int Left = 64 * 1024;
        Fill();
        using var ballast = new FileStream(Path.Combine(_folder, Ballast), FileMode.Open, FileAccess.Write);
        ballast.SetLength(ballast.Length - Left);
        ballast.Flush(flushToDisk: true);
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Path.Combine(_folder, Ballast));

    /// <summary>From now on writes fail where only zeros have been written so far.</summary>
    public void Break()
    {
        Run("sync", "-f", _folder);
        Run("fallocate", "--dig-holes", Image);
        Fill(_pool);
    }

    /// <summary>From now on they succeed again.</summary>
    public void Mend() => File.Delete(Path.Combine(_pool, Ballast));

    /// <summary>Unmounts it, also under a process that still has files open there. What was on it is gone.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isMounted)
            {
                _isMounted = false;
                _ = TryRun(out _, "umount", "-l", _folder);
                _ = TryRun(out _, "umount", "-l", _pool);
            }
        }
    }

    // The loop driver takes a write that the pool had room for in part only as done. So that the disk fails and never lies, no write is longer than a block.
    private void WriteBlockByBlock()
    {
        const string BlockKibibytes = "4";
        foreach (var device in Directory.GetDirectories("/sys/block", "loop*"))
        {
            var backing = Path.Combine(device, "loop", "backing_file");
            if (File.Exists(backing) && string.Equals(File.ReadAllText(backing).TrimEnd(), Image, StringComparison.Ordinal))
            {
                File.WriteAllText(Path.Combine(device, "queue", "max_sectors_kb"), BlockKibibytes);
                return;
            }
        }

        throw new DiskException($"No loop device has {Image}.");
    }

    private static void Fill(string folder)
    {
        using var ballast = new FileStream(Path.Combine(folder, Ballast), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (var block = new byte[64 * 1024]; block.Length > 0; block = block.Length > 4096 ? new byte[4096] : [])
        {
            while (TryWrite(ballast, block))
            {
            }
        }
    }

    private static bool TryWrite(FileStream ballast, byte[] block)
    {
        try
        {
            ballast.Write(block);
            ballast.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Run(string command, params string[] arguments)
    {
        if (!TryRun(out var reason, command, arguments))
        {
            throw new DiskException($"{command} {string.Join(' ', arguments)}: {reason}");
        }
    }

    private static bool TryRun(out string reason, string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            reason = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            reason = missing.Message;
            return false;
        }
    }
}
