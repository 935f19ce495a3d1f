using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The way out of a reader. The module connects it with one output of its hub connection.</summary>
public interface IMessageSender
{
    /// <summary>Sends one message and waits until the receiver has it, or until it is clear that it will not say so.</summary>
    /// <remarks>Several calls may wait at once; the messages leave in the order of the calls.</remarks>
    Task<Delivery> SendAsync(HubMessage message, CancellationToken cancellationToken);
}
