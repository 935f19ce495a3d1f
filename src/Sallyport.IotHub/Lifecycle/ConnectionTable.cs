using System.Collections.Frozen;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>The connection's state machine: all of it. What is not listed changes nothing.</summary>
internal static class ConnectionTable
{
    private static readonly FrozenDictionary<(HubConnectionState State, ConnectionEvent Event), ConnectionStep> Steps =
        new Dictionary<(HubConnectionState, ConnectionEvent), ConnectionStep>
        {
            [(HubConnectionState.Closed, ConnectionEvent.Started)] = new(HubConnectionState.Connecting, ConnectionAction.Open),

            [(HubConnectionState.Connecting, ConnectionEvent.Opened)] = new(HubConnectionState.Connected, ConnectionAction.Serve),
            [(HubConnectionState.Connecting, ConnectionEvent.OpenFailed)] = new(HubConnectionState.BackingOff, ConnectionAction.Wait),
            [(HubConnectionState.Connecting, ConnectionEvent.Unauthorized)] = new(HubConnectionState.BackingOff, ConnectionAction.Wait),
            [(HubConnectionState.Connecting, ConnectionEvent.Untrusted)] = new(HubConnectionState.BackingOff, ConnectionAction.Wait),
            [(HubConnectionState.Connecting, ConnectionEvent.Stopped)] = new(HubConnectionState.Closed, ConnectionAction.Close),

            [(HubConnectionState.Connected, ConnectionEvent.Lost)] = new(HubConnectionState.BackingOff, ConnectionAction.Wait),
            [(HubConnectionState.Connected, ConnectionEvent.Stalled)] = new(HubConnectionState.BackingOff, ConnectionAction.DropAndWait),
            [(HubConnectionState.Connected, ConnectionEvent.TokenDue)] = new(HubConnectionState.Connecting, ConnectionAction.Renew),
            [(HubConnectionState.Connected, ConnectionEvent.Asked)] = new(HubConnectionState.Connecting, ConnectionAction.Renew),
            [(HubConnectionState.Connected, ConnectionEvent.Stopped)] = new(HubConnectionState.Closed, ConnectionAction.Close),

            [(HubConnectionState.BackingOff, ConnectionEvent.DelayElapsed)] = new(HubConnectionState.Connecting, ConnectionAction.Open),
            [(HubConnectionState.BackingOff, ConnectionEvent.Stopped)] = new(HubConnectionState.Closed, ConnectionAction.Close),
        }.ToFrozenDictionary();

    /// <summary>Where an event leads.</summary>
    public static ConnectionStep Next(HubConnectionState state, ConnectionEvent happened) =>
        Steps.GetValueOrDefault((state, happened), new ConnectionStep(state, ConnectionAction.Ignore));
}
