namespace Sallyport.Simulator.Cloud;

/// <summary>How the link between edgeHub and IoT Hub is.</summary>
internal enum UplinkState
{
    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>Nothing passes, and both ends know it.</summary>
    Cut,

    /// <summary>What edgeHub sends arrives, but no answer comes back: a half-open connection.</summary>
    Silent,
}
