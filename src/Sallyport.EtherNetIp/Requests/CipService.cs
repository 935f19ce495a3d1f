namespace Sallyport.EtherNetIp.Requests;

/// <summary>The services of this product, all that it can ask for. None of them changes anything in a controller's program or data.</summary>
/// <remarks>CIP Volume 1, appendix A; the tag services are those of Logix controllers. Two numbers mean other services on other classes, one of which
/// writes: see <see cref="ReadServiceGuard"/>.</remarks>
public enum CipService
{
    /// <summary>None; never sent.</summary>
    None = 0x00,

    /// <summary>All attributes of an instance.</summary>
    GetAttributesAll = 0x01,

    /// <summary>Some attributes of an instance.</summary>
    GetAttributeList = 0x03,

    /// <summary>Several requests in one.</summary>
    MultipleServicePacket = 0x0A,

    /// <summary>One attribute of an instance.</summary>
    GetAttributeSingle = 0x0E,

    /// <summary>The value of a tag, or the definition of a structure.</summary>
    ReadTag = 0x4C,

    /// <summary>Closes a connection; only on the connection manager. (On a tag the number means Read Modify Write, which is never sent.)</summary>
    ForwardClose = 0x4E,

    /// <summary>A part of the value of a tag. On the connection manager the number means <see cref="UnconnectedSend"/>.</summary>
    ReadTagFragmented = 0x52,

    /// <summary>Opens a connection.</summary>
    ForwardOpen = 0x54,

    /// <summary>The tags that there are.</summary>
    GetInstanceAttributeList = 0x55,

    /// <summary>Opens a connection for messages of more than 511 bytes.</summary>
    LargeForwardOpen = 0x5B,

    /// <summary>Passes a request on; only on the connection manager.</summary>
    UnconnectedSend = ReadTagFragmented,
}
