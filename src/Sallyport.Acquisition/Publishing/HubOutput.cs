using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Publishing;

/// <summary>One output of the module's connection to edgeHub.</summary>
/// <param name="hub">The connection.</param>
/// <param name="output">Name of the output.</param>
public sealed class HubOutput(IHubConnection hub, string output) : IMessageSender
{
    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(HubMessage message, CancellationToken cancellationToken) =>
        await hub.SendAsync(output, message, cancellationToken) switch
        {
            SendOutcome.Acknowledged => Delivery.Acknowledged,
            SendOutcome.TooLarge => Delivery.TooLarge,
            _ => Delivery.TryAgain,
        };
}
