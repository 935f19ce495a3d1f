using Sallyport.Telemetry;

namespace Sallyport.IotHub.Provisioning;

/// <summary>A way to IoT Hub past edgeHub. Keeps itself alive; callers need not reconnect. Safe to call from any thread.</summary>
public interface IDirectUplink
{
    /// <summary>Where the connection stands; backing off while there is no hub to connect to.</summary>
    HubConnectionState State { get; }

    /// <summary>Drops the open connection and opens another.</summary>
    /// <returns>False if there is no open connection.</returns>
    bool Reconnect();

    /// <summary>Sends one message as the device. Acknowledged means: by IoT Hub itself.</summary>
    /// <param name="message">Sent as it is; the same message may be sent again.</param>
    /// <param name="cancellationToken">Gives up waiting. What was already on the wire may still arrive.</param>
    Task<SendOutcome> SendAsync(HubMessage message, CancellationToken cancellationToken);
}
