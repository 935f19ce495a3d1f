namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>What the plant can do to the answer to a message. Closed: one at a time.</summary>
internal enum EtherNetIpRudeness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each byte goes out on its own.</summary>
    OneByteAtATime,

    /// <summary>Items that nobody asked for follow the data.</summary>
    ExtraItems,

    /// <summary>It never comes.</summary>
    NoReply,

    /// <summary>The connection is closed in its middle.</summary>
    HalfReply,

    /// <summary>The connection is reset in its middle.</summary>
    Reset,

    /// <summary>Its sender context is not that of the request.</summary>
    WrongContext,

    /// <summary>Its sequence count is not that of the request; an unconnected one gets a wrong context.</summary>
    WrongSequence,

    /// <summary>Its header tells of more bytes than follow.</summary>
    WrongLength,

    /// <summary>Its last byte is missing, and all lengths say so.</summary>
    ShortData,

    /// <summary>The reply to the request before comes instead.</summary>
    StaleReply,

    /// <summary>The session is not known any more.</summary>
    SessionLost,
}
