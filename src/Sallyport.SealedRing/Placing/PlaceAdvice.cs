using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Placing;

/// <summary>Tells an administrator what to do about a place where there can be no ring.</summary>
internal static class PlaceAdvice
{
    public static string For(string path, DeviceFault fault) => $"{path}: {fault}. {What(path, fault.ErrorNumber)}";

    private static string What(string path, int error) => error switch
    {
        1 or 13 => $"Give the folder and the file to the user of the module: chown -R USER {Path.GetDirectoryName(path)}.",
        2 => $"Make the folder {Path.GetDirectoryName(path)}, and map it into the module.",
        5 => "Look at the kernel's log, and replace the disk.",
        16 => "It is mounted: unmount it, or give another partition.",
        20 or 21 => "Remove the folder, or give another name.",
        DeviceFault.NoSpace => "Free space.",
        30 => "Look at the kernel's log for why, and mount it for writing.",
        0 => "Give the ring a size of 256 KiB or more.",
        _ => "Look at the kernel's log.",
    };
}
