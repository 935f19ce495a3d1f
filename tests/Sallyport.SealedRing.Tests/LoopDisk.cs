using System.Diagnostics;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>An ext4 file system of its own, in a file: it can be full, read-only or aborted. Needs root.</summary>
internal sealed class LoopDisk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disk").FullName;

    public string Root => Path.Combine(_folder, "root");

    private string Image => Path.Combine(_folder, "image");

    public static async Task<LoopDisk> MountAsync(int mebibytes)
    {
        Peer.RequireRoot("mounting a file system");
        Peer.Require("mkfs.ext4");
        var disk = new LoopDisk();
        Directory.CreateDirectory(disk.Root);
        await using (FileStream image = File.Create(disk.Image))
        {
            image.SetLength(mebibytes * 1024L * 1024);
        }

        await RunAsync("mkfs.ext4", "-q", "-m", "0", "-b", "4096", disk.Image);
        if (await TryRunAsync("mount", "-o", "loop", disk.Image, disk.Root) != 0)
        {
            await disk.DisposeAsync();
            Peer.Missing("The loop device cannot be mounted here.");
        }

        return disk;
    }

    /// <summary>Fills it until so many bytes are left.</summary>
    public void FillUntil(long left)
    {
        using FileStream ballast = File.Create(Path.Combine(Root, "ballast"));
        byte[] block = new byte[4096];
        var drive = new DriveInfo(Root);
        for (long free = drive.AvailableFreeSpace; free > left; free -= block.Length)
        {
            try
            {
                ballast.Write(block);
                ballast.Flush(flushToDisk: free <= left + (64 * 1024));
            }
            catch (IOException)
            {
                return;
            }

            free = free <= left + (256 * 1024) ? drive.AvailableFreeSpace + block.Length : free;
        }
    }

    public static Task RemountAsync(string root, string options) => RunAsync("mount", "-o", $"remount,{options}", root);

    public async ValueTask DisposeAsync()
    {
        await TryRunAsync("umount", "-l", Root);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string command, params string[] arguments) => Assert.Equal(0, await TryRunAsync(command, arguments));

    private static async Task<int> TryRunAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
