namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>How much of a frame has arrived.</summary>
public enum FrameArrival
{
    /// <summary>More bytes are needed; nothing is consumed.</summary>
    Incomplete,

    /// <summary>All of it.</summary>
    Complete,

    /// <summary>These bytes are no frame: where the next one begins is not known, so close the connection.</summary>
    Broken,
}
