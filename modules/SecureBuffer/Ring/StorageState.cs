namespace Sallyport.SecureBuffer.Ring;

/// <summary>What the records of a lane rest on.</summary>
internal enum StorageState
{
    /// <summary><c>opening</c>: the ring is not open yet; nothing is taken from edgeHub.</summary>
    Opening,

    /// <summary><c>disk</c>: what was committed survives a power cut.</summary>
    Disk,

    /// <summary><c>degraded</c>: the disk takes nothing; records are in memory until it does.</summary>
    Degraded,

    /// <summary><c>memory</c>: there is no disk for the ring; a restart loses what is not delivered.</summary>
    Memory,

    /// <summary><c>fenced</c>: another process has taken the ring over.</summary>
    Fenced,

    /// <summary><c>decommissioned</c>: the ring was destroyed, or is being destroyed; nothing is taken from edgeHub.</summary>
    Decommissioned,
}
