namespace Sallyport.SealedRing.Devices;

/// <summary>A call to the disk that failed.</summary>
/// <param name="Call">Name of the system call.</param>
/// <param name="ErrorNumber">The error number of Linux, for instance 28 (ENOSPC); 0 for a call that moved fewer bytes than asked.</param>
public readonly record struct DeviceFault(string Call, int ErrorNumber)
{
    /// <summary>No space left on the device (ENOSPC).</summary>
    public const int NoSpace = 28;

    /// <summary>Try again: another process holds the lock (EAGAIN).</summary>
    public const int Locked = 11;

    /// <summary>There is a file of that name already (EEXIST).</summary>
    public const int Exists = 17;

    /// <summary>It is a symbolic link, and none is followed here (ELOOP).</summary>
    public const int Link = 40;

    /// <summary>Says what failed in the words of an administrator.</summary>
    public override string ToString() => ErrorNumber switch
    {
        0 => $"{Call} moved fewer bytes than it was asked to",
        2 => $"{Call}: there is no such file or folder (ENOENT)",
        5 => $"{Call}: the disk failed (EIO)",
        Locked => $"{Call}: another process uses the file (EAGAIN)",
        13 => $"{Call}: permission denied (EACCES)",
        Exists => $"{Call}: there is a file of that name already (EEXIST)",
        20 => $"{Call}: a part of the path is no folder (ENOTDIR)",
        21 => $"{Call}: it is a folder (EISDIR)",
        NoSpace => $"{Call}: the disk is full (ENOSPC)",
        30 => $"{Call}: the file system is read-only (EROFS)",
        Link => $"{Call}: it is a symbolic link (ELOOP)",
        _ => $"{Call}: error {ErrorNumber}",
    };
}
