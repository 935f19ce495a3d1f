using System.Security.Cryptography;
using Sallyport.SealedRing.Devices;
using Sallyport.Simulator.Disks;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Disks;

/// <summary>The disk is a real one, so this is what a real module meets.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private const int Length = 256 * 1024;
    private const int NoSpace = 28;

    private readonly string _root = Directory.CreateTempSubdirectory("sallyport-disk-").FullName;
    private readonly SmallDisk _disk;

    public SmallDiskTests()
    {
        Peer.RequireRoot("mounting a disk");
        Peer.Require("mkfs.ext4");
        _disk = SmallDisk.Mount(Folder, Directory.CreateDirectory(Path.Combine(_root, "pool")).FullName, _ => { });
    }

    private string Folder => Directory.CreateDirectory(Path.Combine(_root, "data")).FullName;

    private string File => Path.Combine(Folder, "a.ring");

    public void Dispose()
    {
        _disk?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void On_a_full_disk_nothing_new_can_be_made_and_what_was_written_once_can_be_overwritten()
    {
        using FileDevice device = Created(File);
        _disk.Fill();
        Assert.Equal(NoSpace, Assert.IsType<DeviceOpening.Failed>(FileDevice.Create(File + "2", Length)).Fault.ErrorNumber);
        Assert.True(device.TryWrite(0, Noise(), out _) && device.TryFlush(out _));
        _disk.Free();
        Created(File + "2").Dispose();
    }

    [Fact]
    public void A_failing_disk_takes_writes_and_does_not_keep_them_until_it_is_mended()
    {
        using FileDevice device = Created(File);
        byte[] before = Noise();
        Assert.True(device.TryWrite(0, before, out _) && device.TryFlush(out _));
        _disk.Break();
        byte[] noise = Noise();
        Assert.True(device.TryWrite(before.Length, noise, out _));
        Assert.False(device.TryFlush(out DeviceFault fault));
        Assert.Equal(("fdatasync", true), (fault.Call, fault.ErrorNumber is NoSpace or 5));

        _disk.Mend();
        Assert.True(device.TryWrite(before.Length, noise, out _) && device.TryFlush(out _));
        byte[] read = new byte[before.Length];
        Assert.True(device.TryRead(0, read, out _));
        Assert.Equal(before, read);
    }

    [Fact]
    public void What_is_unmounted_is_gone_though_a_file_is_still_open()
    {
        using FileDevice device = Created(File);
        _disk.Dispose();
        Assert.False(System.IO.File.Exists(File));
        Assert.DoesNotContain(_root, System.IO.File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
    }

    private static FileDevice Created(string path) => (FileDevice)Assert.IsType<DeviceOpening.Opened>(FileDevice.Create(path, Length)).Device;

    private static byte[] Noise() => RandomNumberGenerator.GetBytes(Length / 4);
}
