namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>What follows from a message.</summary>
internal enum SessionOutcome
{
    /// <summary>A reply stands in the writer.</summary>
    Reply,

    /// <summary>No reply.</summary>
    Silence,

    /// <summary>The end of the TCP connection.</summary>
    Close,
}
