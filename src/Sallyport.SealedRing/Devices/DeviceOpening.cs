namespace Sallyport.SealedRing.Devices;

/// <summary>What came of opening or making a device.</summary>
public abstract record DeviceOpening
{
    private DeviceOpening()
    {
    }

    /// <summary>Here it is, locked for us alone.</summary>
    /// <param name="Device">Owned by the caller.</param>
    public sealed record Opened(IBlockDevice Device) : DeviceOpening;

    /// <summary>There is no file of that name yet.</summary>
    public sealed record Absent : DeviceOpening;

    /// <summary>Another process has it.</summary>
    public sealed record InUse : DeviceOpening;

    /// <summary>The disk or the file system said no.</summary>
    /// <param name="Fault">What it said.</param>
    public sealed record Failed(DeviceFault Fault) : DeviceOpening;
}
