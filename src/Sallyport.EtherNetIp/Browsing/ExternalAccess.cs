namespace Sallyport.EtherNetIp.Browsing;

/// <summary>What the programmer allows others to do with a tag.</summary>
public enum ExternalAccess
{
    /// <summary>The controller does not say: it has no such setting, or was not asked.</summary>
    Unknown,

    /// <summary>To read and to write.</summary>
    ReadWrite,

    /// <summary>To read.</summary>
    ReadOnly,

    /// <summary>Nothing: it cannot be read.</summary>
    None,
}
