namespace Sallyport.Simulator.Mqtt;

/// <summary>What became of a message to a client.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The client is not connected.</summary>
    NotConnected,

    /// <summary>Sent at QoS 0; nobody knows whether it arrived.</summary>
    Sent,

    /// <summary>Sent at QoS 1 and acknowledged.</summary>
    Acknowledged,

    /// <summary>The connection ended before the acknowledgement.</summary>
    ConnectionLost,
}
