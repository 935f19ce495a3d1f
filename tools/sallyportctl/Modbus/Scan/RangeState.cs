namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>How addresses behave.</summary>
internal enum RangeState
{
    /// <summary>They give values.</summary>
    Readable,

    /// <summary>The device says that they are not there.</summary>
    Hole,

    /// <summary>The device refuses them for another reason.</summary>
    Refused,

    /// <summary>No answer came.</summary>
    Silent,

    /// <summary>They were not asked for any more.</summary>
    NotAsked,
}
