namespace Sallyport.IotHub.Session;

/// <summary>Why a connection that was up ended.</summary>
internal enum CloseReason
{
    /// <summary>The broker or the network closed it.</summary>
    Lost,

    /// <summary>The delivery watchdog dropped it.</summary>
    Watchdog,

    /// <summary>A planned reconnect with a new token.</summary>
    Token,

    /// <summary>A reconnect that somebody asked for.</summary>
    Asked,

    /// <summary>We stop.</summary>
    Stop,

    /// <summary>The broker broke the protocol or sent more than we take.</summary>
    Protocol,

    /// <summary>A new revocation list has the broker's certificate, or one of its authorities.</summary>
    Certificate,
}
