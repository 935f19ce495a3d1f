namespace Sallyport.Posture.Report;

/// <summary>Room on a file system.</summary>
/// <param name="MountPoint">Where it is.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What is left.</param>
public sealed record FileSystemRoom(string MountPoint, long TotalBytes, long FreeBytes);
