namespace Sallyport.IotHub;

/// <summary>Where a connection stands. The transitions are in <c>ConnectionTable</c>.</summary>
public enum HubConnectionState
{
    /// <summary>Not started, or stopped for good.</summary>
    Closed,

    /// <summary>Getting a token, then TCP, TLS, CONNECT, subscriptions.</summary>
    Connecting,

    /// <summary>Subscribed; messages flow.</summary>
    Connected,

    /// <summary>Waiting for the next attempt.</summary>
    BackingOff,
}
