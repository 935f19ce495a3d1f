namespace Sallyport.EtherNetIp.Replies;

/// <summary>What each status means. What is not listed is a fault of the device.</summary>
internal static class StatusTable
{
    public static (StatusConsequence Consequence, string Text) Find(CipStatus status) => status.General switch
    {
        0x01 => Connection(status.Extended),
        0x10 => Conflict(status.Extended),
        0x1F when status.Extended is 0x0203 => (StatusConsequence.Reconnect, "the connection timed out"),
        0x1F => (StatusConsequence.Transient, "a fault of its vendor's own"),
        0xFF => Logix(status.Extended),
        _ => General(status.General),
    };

    private static (StatusConsequence Consequence, string Text) General(byte general) => general switch
    {
        0x00 => (StatusConsequence.None, "good"),
        0x02 => (StatusConsequence.Transient, "the device has no resources left now"),
        0x03 => (StatusConsequence.ConfigurationError, "a value in the request is not allowed"),
        0x04 => (StatusConsequence.ConfigurationError,
            "no such tag, or an index where none belongs: check the spelling; tags of a program are written Program:Name.Tag"),
        0x05 => (StatusConsequence.ConfigurationError, "no such tag, element or object: check the name and the size of the array"),
        0x06 => (StatusConsequence.ReadOn, "a part of the value; more follows"),
        0x07 => (StatusConsequence.Reconnect, "the connection is lost"),
        0x08 => (StatusConsequence.DowngradeCapability, "the device does not know the service"),
        0x09 or 0x0A or 0x14 or 0x1C or 0x2C => (StatusConsequence.ConfigurationError, "the object does not have the attribute"),
        0x0C => (StatusConsequence.Transient, "the object is in a state that does not allow it"),
        0x0F => (StatusConsequence.AccessDenied, "External Access of the tag, or of one member of its structure, is None: change it, or read single members"),
        0x11 => (StatusConsequence.DowngradeCapability, "the reply would be too large: ask for less at once"),
        0x13 => (StatusConsequence.ConfigurationError, "the request has too little data"),
        0x15 => (StatusConsequence.ConfigurationError, "the request has too much data"),
        0x16 => (StatusConsequence.ConfigurationError, "no such object"),
        0x1A or 0x1B => (StatusConsequence.DowngradeCapability, "a device on the way has no room for the message: ask for less at once"),
        0x1E => (StatusConsequence.LookInside, "some of the requests in the packet failed"),
        0x20 => (StatusConsequence.ConfigurationError, "a parameter of the request is not allowed"),
        0x22 => (StatusConsequence.Transient, "a device on the way got a reply that is none"),
        0x25 => (StatusConsequence.WrongDevice, "the device is not the one of the electronic key"),
        0x26 => (StatusConsequence.ConfigurationError, "the path has the wrong size: check the name of the tag"),
        0x28 => (StatusConsequence.ConfigurationError, "the structure has no such member"),
        _ => (StatusConsequence.DeviceFailure, "a fault that the device does not explain"),
    };

    private static (StatusConsequence Consequence, string Text) Connection(ushort extended) => extended switch
    {
        0x0100 => (StatusConsequence.Reconnect, "the connection is in use already: open it with a new serial number"),
        0x0103 => (StatusConsequence.DowngradeCapability, "the device does not know this kind of connection"),
        0x0106 => (StatusConsequence.Transient, "somebody else owns the device"),
        0x0107 => (StatusConsequence.Reconnect, "the connection does not exist any more"),
        0x0108 or 0x0205 => (StatusConsequence.DowngradeCapability, "the device does not take the parameters of the connection"),
        0x0109 => (StatusConsequence.DowngradeCapability, "the device wants smaller messages"),
        0x0110 => (StatusConsequence.ConfigurationError, "the device is not configured"),
        0x0111 or 0x0112 => (StatusConsequence.ConfigurationError, "the device does not take the packet interval: change it"),
        0x0113 or 0x011A => (StatusConsequence.Transient, "the device has no connection left: close other clients"),
        0x0114 => (StatusConsequence.WrongDevice, "vendor or product code is not the one of the electronic key"),
        0x0115 => (StatusConsequence.WrongDevice, "the device type is not the one of the electronic key"),
        0x0116 => (StatusConsequence.WrongDevice, "the revision is not the one of the electronic key"),
        0x0203 => (StatusConsequence.Reconnect, "the connection timed out"),
        0x0204 => (StatusConsequence.Transient, "no answer from behind the route: check the slot, and that a controller is there"),
        0x0206 => (StatusConsequence.DowngradeCapability, "the message is too large for the way"),
        0x0301 => (StatusConsequence.Transient, "a device on the way has no memory left"),
        0x0302 => (StatusConsequence.Transient, "a device on the way has no bandwidth left"),
        0x0311 => (StatusConsequence.ConfigurationError, "no such port on the route: a Micro800 has no route, leave it out"),
        0x0312 => (StatusConsequence.ConfigurationError, "nothing at that address of the route: check the slot"),
        0x0315 => (StatusConsequence.ConfigurationError, "the device does not know a part of the route: one without a backplane has no route, leave it out"),
        0x0316 => (StatusConsequence.Reconnect, "the connection was opened with another path"),
        0x0318 => (StatusConsequence.ConfigurationError, "the route leads back to where it comes from"),
        _ => (StatusConsequence.Transient, "the connection could not be made"),
    };

    private static (StatusConsequence Consequence, string Text) Conflict(ushort extended) => extended switch
    {
        0x2101 => (StatusConsequence.AccessDenied, "the position of the key switch does not allow it"),
        0x2802 => (StatusConsequence.AccessDenied, "the safety state of the controller does not allow it"),
        _ => (StatusConsequence.Transient, "the device is in a state that does not allow it"),
    };

    private static (StatusConsequence Consequence, string Text) Logix(ushort extended) => extended switch
    {
        0x2001 => (StatusConsequence.ConfigurationError, "the path of the tag is too long"),
        0x2002 => (StatusConsequence.ConfigurationError, "a value in the request is not allowed"),
        0x2018 or 0x2106 => (StatusConsequence.Transient, "the controller is busy with it"),
        0x201B or 0x201C => (StatusConsequence.ConfigurationError, "the size of the request is wrong"),
        0x2100 or 0x2102 or 0x2103 => (StatusConsequence.AccessDenied, "the controller does not allow it"),
        0x2101 => (StatusConsequence.AccessDenied, "the position of the key switch does not allow it"),
        0x2104 => (StatusConsequence.ConfigurationError, "the address is outside of what there is"),
        0x2105 => (StatusConsequence.ConfigurationError, "more elements than the array has: check its size"),
        0x2107 => (StatusConsequence.ConfigurationError, "the tag has another type"),
        0x2108 => (StatusConsequence.Transient, "a program is being loaded"),
        0x2109 => (StatusConsequence.ConfigurationError, "the array has another number of dimensions"),
        0x210A => (StatusConsequence.ConfigurationError, "that is no name of a tag"),
        0x210B or 0x210E => (StatusConsequence.ConfigurationError, "no such tag: check the spelling"),
        0x2110 => (StatusConsequence.AccessDenied, "the controller does not allow it"),
        _ => (StatusConsequence.DeviceFailure, "a fault that the controller does not explain"),
    };
}
