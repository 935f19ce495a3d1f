namespace Sallyport.IotHub.Session;

/// <summary>One MQTT connection that is up, until it is closed; then it is never used again.</summary>
internal interface IBrokerSession
{
    /// <summary>Cancelled when the connection is gone, for whatever reason.</summary>
    CancellationToken Closed { get; }

    /// <summary>Publishes with QoS 0: completes when the packet is with the socket.</summary>
    /// <exception cref="BrokerException">The connection is gone.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Publishes with QoS 1: completes on PUBACK. The place on the wire is that of the call.</summary>
    /// <exception cref="BrokerException">The connection is gone.</exception>
    Task DeliverAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Drops the socket at once.</summary>
    void Abort(CloseReason reason);
}
