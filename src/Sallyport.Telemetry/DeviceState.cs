namespace Sallyport.Telemetry;

/// <summary>How a device or unit is doing. Written in lower case.</summary>
public enum DeviceState
{
    /// <summary>The reader has begun a session and knows nothing yet.</summary>
    Starting,

    /// <summary>Everything that is asked is answered.</summary>
    Online,

    /// <summary>It answers, but not everything.</summary>
    Degraded,

    /// <summary>It does not answer.</summary>
    Offline,

    /// <summary>The reader no longer asks: an ordered stop, or the device left the configuration.</summary>
    Stopped,
}
