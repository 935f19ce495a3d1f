namespace Sallyport.SecureBuffer.Configuration;

/// <summary>What counts as evidence that a page has arrived.</summary>
internal enum DeliveryProof
{
    /// <summary><c>edgeHubMetrics</c>: edgeHub's own counters say that it sent everything it was given to IoT Hub, which acknowledged.</summary>
    EdgeHubMetrics,

    /// <summary><c>puback</c>: the broker acknowledged. From edgeHub that only means «queued»; from IoT Hub itself, on the direct uplink, it is the proof.</summary>
    PubAck,
}
