using System.Text.Json.Nodes;
using Sallyport.Telemetry;

namespace Sallyport.IotHub;

/// <summary>A module's or device's one connection to edgeHub or IoT Hub. Keeps itself alive; callers need not reconnect.</summary>
/// <remarks>Handlers are registered before <see cref="RunAsync"/>; registering later throws <see cref="InvalidOperationException"/>.
/// All members are safe to call from any thread.</remarks>
public interface IHubConnection
{
    /// <summary>Where the connection stands now.</summary>
    HubConnectionState State { get; }

    /// <summary>Connects, reconnects and serves until <paramref name="stop"/> is cancelled, then disconnects in good order.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>Drops the open connection in good order and opens another at once: for somebody who sees that nothing arrives where the connection looks well.</summary>
    /// <returns>False if there is no open connection: then one is being opened anyway.</returns>
    bool Reconnect();

    /// <summary>Sends to an output (module) or as telemetry (device, empty output). Completes when the broker acknowledged, or with the reason why not.</summary>
    /// <param name="output">Name of the module output, without slashes; empty for a device.</param>
    /// <param name="message">Sent as it is; the same message may be sent again.</param>
    /// <param name="cancellationToken">Gives up waiting. What was already on the wire may still arrive.</param>
    Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken);

    /// <summary>Merges a patch into the reported properties. A null value deletes its property.</summary>
    Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken);

    /// <summary>Gives the twin a starting point from the last run: what arrives later is merged into it, and an empty twin does not delete it.</summary>
    void SeedDesired(DesiredProperties desired);

    /// <summary>Handles messages of one input. The message is acknowledged when the handler returns; one that throws is delivered again.</summary>
    /// <remarks>edgeHub delivers again after 30 s without acknowledgement, so handlers must be quicker and must expect repeats.</remarks>
    void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler);

    /// <summary>Handles one direct method. The name is compared exactly.</summary>
    void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler);

    /// <summary>Handles the complete desired properties after each change; calls never overlap.</summary>
    void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler);

    /// <summary>Handles cloud-to-device messages. Devices only.</summary>
    void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler);
}
