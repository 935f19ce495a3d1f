namespace Sallyport.EtherNetIp.CommonPacketFormat;

/// <summary>What an item of the common packet format holds. Other numbers may come and are passed over.</summary>
/// <remarks>CIP Volume 2, section 2-6.</remarks>
public enum ItemType
{
    /// <summary>No address: the message is unconnected.</summary>
    NullAddress = 0x0000,

    /// <summary>Who the target is.</summary>
    CipIdentity = 0x000C,

    /// <summary>What the target says of CIP Security.</summary>
    CipSecurityInformation = 0x0086,

    /// <summary>What the target can do over EtherNet/IP.</summary>
    EtherNetIpCapability = 0x0087,

    /// <summary>How it is used.</summary>
    EtherNetIpUsage = 0x0088,

    /// <summary>The id of a connection.</summary>
    ConnectedAddress = 0x00A1,

    /// <summary>A sequence count and a message of a connection.</summary>
    ConnectedData = 0x00B1,

    /// <summary>An unconnected message.</summary>
    UnconnectedData = 0x00B2,

    /// <summary>A service of ListServices.</summary>
    ListServices = 0x0100,

    /// <summary>An address, from originator to target.</summary>
    SocketAddressToTarget = 0x8000,

    /// <summary>An address, from target to originator.</summary>
    SocketAddressToOriginator = 0x8001,

    /// <summary>The address of cyclic data.</summary>
    SequencedAddress = 0x8002,

    /// <summary>An unconnected message over UDP.</summary>
    UnconnectedMessage = 0x8003,
}
