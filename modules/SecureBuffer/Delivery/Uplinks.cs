using Sallyport.IotHub;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>The two ways that pages may leave by: through edgeHub, or straight to IoT Hub. The plan says which.</summary>
internal sealed class Uplinks(IHubConnection edgeHub)
{
    private volatile IDirectUplink? _direct;

    /// <summary>The way past edgeHub; null while there is none.</summary>
    public IDirectUplink? Direct
    {
        get => _direct;
        set => _direct = value;
    }

    /// <summary>Where the connection stands that the plan wants.</summary>
    public HubConnectionState StateFor(BufferPlan plan) =>
        plan.Direct is null ? edgeHub.State : _direct?.State ?? HubConnectionState.BackingOff;

    /// <summary>Sends a page by the way that the plan wants.</summary>
    public Task<SendOutcome> SendAsync(BufferPlan plan, HubMessage message, CancellationToken cancellationToken) =>
        plan.Direct is null
            ? edgeHub.SendAsync(Courier.Output, message, cancellationToken)
            : _direct?.SendAsync(message, cancellationToken) ?? Task.FromResult<SendOutcome>(SendOutcome.NotConnected.Instance);

    /// <summary>Drops the open connection that pages leave by and opens another.</summary>
    /// <returns>False if there is no open connection.</returns>
    public bool Reconnect() => _direct is { } direct ? direct.Reconnect() : edgeHub.Reconnect();
}
