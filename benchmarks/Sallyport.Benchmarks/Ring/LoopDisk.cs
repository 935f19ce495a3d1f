using System.Globalization;

namespace Sallyport.Benchmarks.Ring;

/// <summary>A stock ext4 with a journal on a loop device of its own, whose counters count nobody else.</summary>
internal sealed class LoopDisk : IAsyncDisposable
{
    private const int SectorSize = 512;

    private readonly string _image;
    private readonly string _device;

    private LoopDisk(string image, string device, string folder)
    {
        _image = image;
        _device = device;
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>Null where the user may not mount one.</summary>
    public static async Task<LoopDisk?> TryMountAsync(string folder)
    {
        string image = Path.Combine(folder, "loop.img");
        string mount = Directory.CreateDirectory(Path.Combine(folder, "loop")).FullName;
        const long Size = 128L * 1024 * 1024;
        await using (FileStream file = File.Create(image))
        {
            file.SetLength(Size);
        }

        // A file system as small as this one would get blocks of 1 KiB, which no gateway's has.
        if (await Commands.TryRunAsync("mkfs.ext4", "-q", "-F", "-b", "4096", image) is null
            || await Commands.TryRunAsync("losetup", "--show", "-f", image) is not { } device)
        {
            return null;
        }

        if (await Commands.TryRunAsync("mount", device.Trim(), mount) is null)
        {
            await Commands.TryRunAsync("losetup", "-d", device.Trim());
            return null;
        }

        return new LoopDisk(image, device.Trim(), mount);
    }

    /// <summary>Bytes written and flushes since it was made (/proc/diskstats, Documentation/admin-guide/iostats.rst).</summary>
    public (long Bytes, long Flushes) Counters()
    {
        string name = Path.GetFileName(_device);
        string[] fields = File.ReadLines("/proc/diskstats")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(line => string.Equals(line[2], name, StringComparison.Ordinal));
        return (SectorSize * Number(fields[9]), Number(fields[18]));
    }

    public async ValueTask DisposeAsync()
    {
        await Commands.TryRunAsync("umount", Folder);
        await Commands.TryRunAsync("losetup", "-d", _device);
        File.Delete(_image);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
