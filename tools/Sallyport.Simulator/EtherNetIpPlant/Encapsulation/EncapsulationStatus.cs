namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>Why the encapsulation layer refuses.</summary>
internal enum EncapsulationStatus
{
    /// <summary>It does not.</summary>
    Success = 0,

    /// <summary>A command that it does not know.</summary>
    InvalidCommand = 1,

    /// <summary>A body that makes no sense.</summary>
    IncorrectData = 3,

    /// <summary>A session that is not this client's.</summary>
    InvalidSessionHandle = 0x64,

    /// <summary>A body that is too short.</summary>
    InvalidLength = 0x65,

    /// <summary>A version other than 1.</summary>
    UnsupportedProtocolRevision = 0x69,

    /// <summary>Only the secure port takes CIP messages.</summary>
    ServiceNotAllowed = 0x6A,
}
