namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>How a reply begins: general status, and up to two words of additional status.</summary>
/// <param name="General">General status.</param>
/// <param name="Extended">First additional word; null for none.</param>
/// <param name="Detail">Second additional word; null for none.</param>
internal readonly record struct CipStatus(byte General, ushort? Extended = null, ushort? Detail = null)
{
    public static readonly CipStatus Success = new(0);
    public static readonly CipStatus InvalidValue = new(0x03);
    public static readonly CipStatus PathSegmentError = new(0x04);
    public static readonly CipStatus PathDestinationUnknown = new(0x05);
    public static readonly CipStatus PartialTransfer = new(0x06);
    public static readonly CipStatus ServiceNotSupported = new(0x08);
    public static readonly CipStatus AttributeListError = new(0x0A);
    public static readonly CipStatus PrivilegeViolation = new(0x0F);
    public static readonly CipStatus ReplyTooLarge = new(0x11);
    public static readonly CipStatus NotEnoughData = new(0x13);
    public static readonly CipStatus AttributeNotSupported = new(0x14);
    public static readonly CipStatus EmbeddedServiceError = new(0x1E);

    /// <summary>The request reaches beyond the end of the object.</summary>
    public static readonly CipStatus BeyondTheEnd = new(0xFF, 0x2105);

    /// <summary>A connection or route that cannot be had.</summary>
    public static CipStatus ConnectionFailure(ushort extended, ushort? detail = null) => new(0x01, extended, detail);
}
