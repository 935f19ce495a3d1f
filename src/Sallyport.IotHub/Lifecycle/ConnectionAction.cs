namespace Sallyport.IotHub.Lifecycle;

/// <summary>What to do on a transition.</summary>
internal enum ConnectionAction
{
    /// <summary>Nothing: the event says nothing new in this state.</summary>
    Ignore,

    /// <summary>Begin an attempt to connect.</summary>
    Open,

    /// <summary>Let messages flow.</summary>
    Serve,

    /// <summary>Wait with jitter, then try again.</summary>
    Wait,

    /// <summary>Drop the socket, then wait.</summary>
    DropAndWait,

    /// <summary>Disconnect in good order and connect again at once, with a new token.</summary>
    Renew,

    /// <summary>Give up the attempt or the wait, or disconnect in good order; then end.</summary>
    Close,
}
