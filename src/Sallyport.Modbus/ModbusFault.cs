namespace Sallyport.Modbus;

/// <summary>The field by which a reply betrayed itself.</summary>
public enum ModbusFault
{
    /// <summary>The protocol id of the header is not 0.</summary>
    ProtocolId,

    /// <summary>A length that no reply, or not this reply, can have.</summary>
    Length,

    /// <summary>The reply to another request: a late one, most likely.</summary>
    TransactionId,

    /// <summary>The reply of another unit.</summary>
    UnitId,

    /// <summary>Another function code than the request's, or its exception form.</summary>
    FunctionCode,

    /// <summary>More or fewer data bytes than the request asked for.</summary>
    ByteCount,

    /// <summary>The CRC of a frame on a serial line: something on the way changed it.</summary>
    Checksum,
}
