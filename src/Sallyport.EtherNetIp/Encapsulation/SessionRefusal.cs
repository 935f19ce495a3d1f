namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>What the status of an encapsulation frame means.</summary>
public static class SessionRefusal
{
    /// <summary>A device that shut its plain port; it may also say so in its ListIdentity reply.</summary>
    public const string WantsTls = "the device takes only CIP Security (TLS on port 2221), which is not supported: allow this gateway in its security policy";

    /// <summary>What it means and what helps, in a few words.</summary>
    public static string TextOf(EncapsulationStatus status) => status switch
    {
        EncapsulationStatus.Success => "good",
        EncapsulationStatus.InvalidCommand => "the device does not know the command",
        EncapsulationStatus.OutOfMemory => "the device has no memory left: close other clients",
        EncapsulationStatus.InvalidSessionHandle => "the device has ended the session",
        EncapsulationStatus.UnsupportedProtocolRevision => "the device speaks another version of EtherNet/IP",
        EncapsulationStatus.ServiceNotAllowedOnThisPort => WantsTls,
        _ => $"the device refused a frame with encapsulation status 0x{(int)status:X2}",
    };
}
