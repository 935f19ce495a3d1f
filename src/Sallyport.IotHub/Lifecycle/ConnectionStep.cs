namespace Sallyport.IotHub.Lifecycle;

/// <summary>One transition.</summary>
/// <param name="State">The state that follows.</param>
/// <param name="Action">What to do on the way.</param>
internal readonly record struct ConnectionStep(HubConnectionState State, ConnectionAction Action);
