namespace Sallyport.Telemetry;

/// <summary>What a frame holds. Written in lower case.</summary>
public enum FrameKind
{
    /// <summary>All points of the group.</summary>
    Key,

    /// <summary>The points that changed.</summary>
    Delta,

    /// <summary>No points: the group was read and nothing changed.</summary>
    Heartbeat,
}
