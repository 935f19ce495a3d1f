namespace Sallyport.Posture.Report;

/// <summary>A folder with data.</summary>
/// <param name="Owner">The module, or <c>engine</c> for the container engine: what a module writes without a volume of its own lies there.</param>
/// <param name="Path">On the host.</param>
/// <param name="MountPoint">The file system that it lies on.</param>
/// <param name="Device">The block device of it.</param>
/// <param name="IsEncrypted">Whether the device, or one below it, is dm-crypt.</param>
public sealed record DataFolder(string Owner, string Path, string MountPoint, string Device, bool IsEncrypted);
