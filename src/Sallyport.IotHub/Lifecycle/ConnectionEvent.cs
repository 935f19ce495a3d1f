namespace Sallyport.IotHub.Lifecycle;

/// <summary>What can happen to a connection.</summary>
internal enum ConnectionEvent
{
    /// <summary>The host wants it to run.</summary>
    Started,

    /// <summary>Connected and subscribed.</summary>
    Opened,

    /// <summary>The attempt failed: network, time limit, CONNACK 1 to 3.</summary>
    OpenFailed,

    /// <summary>The attempt failed: credentials refused.</summary>
    Unauthorized,

    /// <summary>The attempt failed: the broker's certificate was refused.</summary>
    Untrusted,

    /// <summary>The open connection broke, or the broker closed it.</summary>
    Lost,

    /// <summary>The delivery watchdog found it dead.</summary>
    Stalled,

    /// <summary>The token ends soon.</summary>
    TokenDue,

    /// <summary>Somebody who sees more than we do wants another connection.</summary>
    Asked,

    /// <summary>The wait before the next attempt is over.</summary>
    DelayElapsed,

    /// <summary>The host wants it to stop.</summary>
    Stopped,
}
