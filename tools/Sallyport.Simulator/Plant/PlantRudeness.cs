namespace Sallyport.Simulator.Plant;

/// <summary>What the plant can do to an answer. Closed: one at a time.</summary>
internal enum PlantRudeness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each byte goes out on its own.</summary>
    OneByteAtATime,

    /// <summary>It comes when the client has given up.</summary>
    Late,

    /// <summary>It never comes.</summary>
    NoReply,

    /// <summary>The connection is closed in its middle.</summary>
    HalfReply,

    /// <summary>It carries a transaction id that nobody waits for.</summary>
    WrongTransactionId,

    /// <summary>It carries another unit than the request.</summary>
    WrongUnitId,

    /// <summary>Its byte count is not that of the data that follow.</summary>
    WrongByteCount,

    /// <summary>Its last register, or last byte of bits, is missing, and its lengths say so.</summary>
    ShortData,
}
