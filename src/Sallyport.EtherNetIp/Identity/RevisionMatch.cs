namespace Sallyport.EtherNetIp.Identity;

/// <summary>How the revision of a device is compared with the configured one.</summary>
public enum RevisionMatch
{
    /// <summary>Both numbers are equal.</summary>
    Exact,

    /// <summary>The device is not older: a higher major number, or the same one and a minor number that is not lower.</summary>
    Compatible,

    /// <summary>It is not compared.</summary>
    Ignore,
}
