namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>Commands of the encapsulation layer.</summary>
internal enum EncapsulationCommand
{
    /// <summary>Never answered.</summary>
    Nop = 0,

    /// <summary>Asks what the target can do.</summary>
    ListServices = 0x04,

    /// <summary>Asks who the target is.</summary>
    ListIdentity = 0x63,

    /// <summary>Asks for interfaces other than CIP.</summary>
    ListInterfaces = 0x64,

    /// <summary>Begins a session.</summary>
    RegisterSession = 0x65,

    /// <summary>Ends it, and the connection with it.</summary>
    UnRegisterSession = 0x66,

    /// <summary>An unconnected message.</summary>
    SendRRData = 0x6F,

    /// <summary>A message of a connection.</summary>
    SendUnitData = 0x70,
}
