namespace Sallyport.EtherNetIp.Identity;

/// <summary>Where the key switch of a Logix controller stands.</summary>
public enum KeySwitch
{
    /// <summary>Its status word does not say.</summary>
    Unknown,

    /// <summary>Nobody can change the program over the network.</summary>
    Run,

    /// <summary>The controller is being programmed.</summary>
    Program,

    /// <summary>The mode, and the program, can be changed over the network.</summary>
    Remote,
}
