namespace Sallyport.SecureBuffer.Delivery;

/// <summary>How the way to the cloud looks from here.</summary>
internal enum UplinkState
{
    /// <summary><c>unknown</c>: nothing was tried yet.</summary>
    Unknown,

    /// <summary><c>open</c>: the last window was confirmed.</summary>
    Open,

    /// <summary><c>waiting</c>: edgeHub has pages that it has not brought to IoT Hub.</summary>
    Waiting,

    /// <summary><c>disconnected</c>: there is no connection to edgeHub, or on the direct uplink to IoT Hub.</summary>
    Disconnected,

    /// <summary><c>unproven</c>: edgeHub's metrics cannot be read, so nothing is handed over.</summary>
    Unproven,
}
