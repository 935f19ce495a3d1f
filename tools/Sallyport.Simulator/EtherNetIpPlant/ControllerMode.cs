namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>What the controller does, as the status word of its identity tells it.</summary>
internal enum ControllerMode
{
    /// <summary>Executes its program; the key is in REMOTE.</summary>
    RemoteRun = 0x3060,

    /// <summary>Executes nothing; the key is in REMOTE.</summary>
    RemoteProgram = 0x3070,

    /// <summary>A major recoverable fault has stopped it; the key is in REMOTE.</summary>
    Faulted = 0x3470,
}
