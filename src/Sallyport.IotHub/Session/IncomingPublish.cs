namespace Sallyport.IotHub.Session;

/// <summary>A PUBLISH from the broker.</summary>
/// <param name="Topic">Not to be trusted.</param>
/// <param name="Payload">Not to be trusted. Belongs to the receiver.</param>
/// <param name="Acknowledge">Sends the PUBACK, or does nothing when the connection is gone or none is due; never throws. Once, in the order of arrival.</param>
internal sealed record IncomingPublish(string Topic, ReadOnlyMemory<byte> Payload, Func<Task> Acknowledge)
{
    /// <summary>Whether a PUBACK is due.</summary>
    public bool IsAcknowledgementDue { get; init; }
}
