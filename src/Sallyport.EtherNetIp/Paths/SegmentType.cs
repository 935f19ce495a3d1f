namespace Sallyport.EtherNetIp.Paths;

/// <summary>What a segment of a path says.</summary>
/// <remarks>CIP Volume 1, section C-1.4.</remarks>
public enum SegmentType
{
    /// <summary>Through which port, to which address: <see cref="PathSegment.Value"/> is the port, <see cref="PathSegment.Data"/> the address.</summary>
    Port,

    /// <summary>A class.</summary>
    Class,

    /// <summary>An instance of it.</summary>
    Instance,

    /// <summary>An element of an array.</summary>
    Element,

    /// <summary>A connection point.</summary>
    ConnectionPoint,

    /// <summary>An attribute.</summary>
    Attribute,

    /// <summary>A name: <see cref="PathSegment.Data"/>.</summary>
    Symbol,

    /// <summary>An electronic key: <see cref="PathSegment.Data"/>, <see cref="PathSegment.Value"/> is its format.</summary>
    ElectronicKey,

    /// <summary>A service, network or data segment, which is passed over.</summary>
    Other,
}
