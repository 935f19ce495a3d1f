namespace Sallyport.Watchdog.Status;

/// <summary>Whether data reaches the cloud.</summary>
internal enum DeliveryState
{
    /// <summary>The module has just started, or sees no numbers.</summary>
    Unknown,

    /// <summary>What comes in goes out, or nothing waits.</summary>
    Delivering,

    /// <summary>It goes out, but something is wrong: the ring cannot write, loses, or fills faster than it empties.</summary>
    Degraded,

    /// <summary>There is no way to the cloud; data waits in the ring.</summary>
    Offline,

    /// <summary>Everything says connected, data waits, and none is delivered: the gateway lies.</summary>
    Stalled,
}
