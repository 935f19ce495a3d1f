namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>The segments of a path that the plant tells apart.</summary>
internal enum SegmentKind
{
    /// <summary>The next hop: port and link address.</summary>
    Port,

    /// <summary>A class.</summary>
    ClassId,

    /// <summary>An instance.</summary>
    InstanceId,

    /// <summary>An element of an array.</summary>
    ElementId,

    /// <summary>An attribute.</summary>
    AttributeId,

    /// <summary>A name.</summary>
    Symbol,

    /// <summary>An electronic key.</summary>
    ElectronicKey,

    /// <summary>Anything else, or one that is cut off.</summary>
    Bad,
}
