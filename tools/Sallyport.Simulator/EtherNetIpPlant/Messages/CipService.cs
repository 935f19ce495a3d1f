namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>Service codes that the plant knows, some of them only to refuse and count them.</summary>
internal static class CipService
{
    public const byte GetAttributesAll = 0x01;
    public const byte SetAttributesAll = 0x02;
    public const byte GetAttributeList = 0x03;
    public const byte SetAttributeList = 0x04;
    public const byte Reset = 0x05;
    public const byte Delete = 0x09;
    public const byte MultipleServicePacket = 0x0A;
    public const byte GetAttributeSingle = 0x0E;
    public const byte SetAttributeSingle = 0x10;
    public const byte ReadTag = 0x4C;
    public const byte WriteTag = 0x4D;

    /// <summary>On class 6; on a tag it is Read-Modify-Write.</summary>
    public const byte ForwardClose = 0x4E;

    /// <summary>On a tag; on class 6 it is Unconnected Send.</summary>
    public const byte ReadTagFragmented = 0x52;
    public const byte UnconnectedSend = ReadTagFragmented;
    public const byte WriteTagFragmented = 0x53;
    public const byte ForwardOpen = 0x54;
    public const byte GetInstanceAttributeList = 0x55;
    public const byte LargeForwardOpen = 0x5B;

    /// <summary>Whether a service changes something in the controller.</summary>
    /// <param name="service">Service code.</param>
    /// <param name="isConnectionManager">Whether it is addressed to class 6.</param>
    public static bool IsWrite(byte service, bool isConnectionManager) => service
        is SetAttributesAll or SetAttributeList or (>= Reset and <= Delete) or SetAttributeSingle or WriteTag or WriteTagFragmented
        || (service == ForwardClose && !isConnectionManager);
}
