using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Inspection;

namespace Sallyport.Ctl.Ring;

/// <summary>Opens what the command line names, and says in one line why it cannot.</summary>
internal static class RingTarget
{
    /// <summary>Opens it for this process alone.</summary>
    /// <param name="path">As it was given.</param>
    /// <param name="isReadOnly">Whether writes to it are to fail.</param>
    /// <exception cref="WrongUsageException">It cannot be opened.</exception>
    public static IBlockDevice Open(string path, bool isReadOnly)
    {
        if (Directory.Exists(path))
        {
            throw new WrongUsageException($"{path}: it is a folder. Name a ring file in it.");
        }

        return FileDevice.OpenItself(path, isReadOnly) switch
        {
            DeviceOpening.Opened opened => opened.Device,
            DeviceOpening.InUse => throw new WrongUsageException($"{path}: another process uses it. Stop the module first."),
            DeviceOpening.Failed { Fault.ErrorNumber: DeviceFault.Link } => throw new WrongUsageException($"{path}: it is a symbolic link. Name the file itself."),
            DeviceOpening.Failed failed => throw new WrongUsageException($"{path}: {failed.Fault}."),
            _ => throw new WrongUsageException($"{path}: there is no such file."),
        };
    }

    /// <summary>What the device says in clear.</summary>
    /// <exception cref="WrongUsageException">It is no ring.</exception>
    public static RingFindings Inspect(string path, IBlockDevice device) => RingInspector.Inspect(device) switch
    {
        RingInspection.Found found => found.Findings,
        RingInspection.NoRing noRing => throw new WrongUsageException($"{path}: it is no ring: {noRing.Reason}."),
        RingInspection.Unreadable unreadable => throw new WrongUsageException($"{path}: {unreadable.Fault}."),
        _ => throw new WrongUsageException($"{path}: it cannot be read."),
    };
}
