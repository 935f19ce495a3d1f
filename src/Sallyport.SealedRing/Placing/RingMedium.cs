namespace Sallyport.SealedRing.Placing;

/// <summary>What a ring lies on.</summary>
public enum RingMedium
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A raw partition.</summary>
    Partition,

    /// <summary>Memory: there is no place on a disk. What is not delivered goes with the process.</summary>
    Memory,
}
