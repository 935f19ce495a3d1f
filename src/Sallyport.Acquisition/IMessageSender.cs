using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The way out of a reader. The module connects it with one output of its hub connection.</summary>
public interface IMessageSender
{
    /// <summary>Sends one message and waits until the receiver has it, or until it is clear that it will not say so.</summary>
    Task<Delivery> SendAsync(HubMessage message, CancellationToken cancellationToken);
}
