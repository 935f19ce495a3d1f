namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>Why a target refused an encapsulation frame. Other numbers may come; they are refusals too.</summary>
/// <remarks>CIP Volume 2, section 2-3.4.</remarks>
public enum EncapsulationStatus
{
    /// <summary>It did not.</summary>
    Success = 0x0000,

    /// <summary>It does not know the command.</summary>
    InvalidCommand = 0x0001,

    /// <summary>It has no memory for it: try again later.</summary>
    OutOfMemory = 0x0002,

    /// <summary>The data is not well formed.</summary>
    IncorrectData = 0x0003,

    /// <summary>The session has ended: register a new one.</summary>
    InvalidSessionHandle = 0x0064,

    /// <summary>The length does not fit the command.</summary>
    InvalidLength = 0x0065,

    /// <summary>It speaks another version of the protocol.</summary>
    UnsupportedProtocolRevision = 0x0069,

    /// <summary>The port is closed for this: the device wants CIP Security (TLS on port 2221).</summary>
    ServiceNotAllowedOnThisPort = 0x006A,
}
