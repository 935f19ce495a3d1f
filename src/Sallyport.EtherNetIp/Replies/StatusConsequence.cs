namespace Sallyport.EtherNetIp.Replies;

/// <summary>What to do about a status.</summary>
public enum StatusConsequence
{
    /// <summary>Nothing: it is good.</summary>
    None,

    /// <summary>Ask for the rest: the value did not fit into one reply.</summary>
    ReadOn,

    /// <summary>Look at the replies inside: some of them failed, others did not.</summary>
    LookInside,

    /// <summary>Do not try again soon: the configuration names what is not there. With tag numbers, browse again first: the program may have changed.</summary>
    ConfigurationError,

    /// <summary>Do not try again soon: the controller does not let us.</summary>
    AccessDenied,

    /// <summary>Try again, with growing pauses.</summary>
    Transient,

    /// <summary>Close the connection and open a new one.</summary>
    Reconnect,

    /// <summary>Do without, or with less, and remember it for this device.</summary>
    DowngradeCapability,

    /// <summary>Read nothing: it is another device than the configured one.</summary>
    WrongDevice,

    /// <summary>Show it: the device has a fault that has no remedy here.</summary>
    DeviceFailure,
}
