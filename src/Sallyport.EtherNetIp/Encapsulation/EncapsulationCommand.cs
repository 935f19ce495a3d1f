namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>What an encapsulation frame asks or answers.</summary>
/// <remarks>CIP Volume 2, section 2-3.</remarks>
public enum EncapsulationCommand
{
    /// <summary>Nothing; never answered.</summary>
    NoOperation = 0x0000,

    /// <summary>Which services the target has.</summary>
    ListServices = 0x0004,

    /// <summary>Who the target is.</summary>
    ListIdentity = 0x0063,

    /// <summary>Which other interfaces it has.</summary>
    ListInterfaces = 0x0064,

    /// <summary>Begins a session.</summary>
    RegisterSession = 0x0065,

    /// <summary>Ends a session; the target closes the socket and does not answer.</summary>
    UnRegisterSession = 0x0066,

    /// <summary>Carries an unconnected message.</summary>
    SendRRData = 0x006F,

    /// <summary>Carries a message of a connection.</summary>
    SendUnitData = 0x0070,

    /// <summary>Begins CIP Security over UDP.</summary>
    StartDtls = 0x00C8,
}
