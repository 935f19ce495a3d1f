using Sallyport.EtherNetIp.Replies;

namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>What the status of an encapsulation frame means.</summary>
public static class SessionRefusal
{
    /// <summary>What to do about it.</summary>
    public static StatusConsequence ConsequenceOf(EncapsulationStatus status) => status switch
    {
        EncapsulationStatus.Success => StatusConsequence.None,
        EncapsulationStatus.OutOfMemory => StatusConsequence.Transient,
        EncapsulationStatus.UnsupportedProtocolRevision => StatusConsequence.ConfigurationError,
        EncapsulationStatus.ServiceNotAllowedOnThisPort => StatusConsequence.AccessDenied,
        _ => StatusConsequence.Reconnect,
    };

    /// <summary>What it means and what helps, in a few words.</summary>
    public static string TextOf(EncapsulationStatus status) => status switch
    {
        EncapsulationStatus.Success => "good",
        EncapsulationStatus.InvalidCommand => "the device does not know the command",
        EncapsulationStatus.OutOfMemory => "the device has no memory left now: close other clients",
        EncapsulationStatus.InvalidSessionHandle => "the session has ended",
        EncapsulationStatus.UnsupportedProtocolRevision => "the device speaks another version of the protocol",
        EncapsulationStatus.ServiceNotAllowedOnThisPort => "the device wants CIP Security (TLS on port 2221), which is not supported",
        _ => "the device found a frame that is not well formed",
    };
}
