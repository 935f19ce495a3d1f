namespace Sallyport.Acquisition;

/// <summary>Which polls of a group become frames. The default is every one, with all points.</summary>
public sealed record ReportPlan
{
    /// <summary>Every poll is reported in full.</summary>
    public static ReportPlan EveryPoll { get; } = new();

    /// <summary>Whether only points that changed are reported.</summary>
    public bool IsOnChange { get; init; }

    /// <summary>No longer than this goes by without a frame, even if nothing changed; null for any time.</summary>
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>No longer than this goes by without a frame of all points; null for any time.</summary>
    public TimeSpan? KeyFrame { get; init; }

    /// <summary>Changes are reported no more often than this; null for at once.</summary>
    public TimeSpan? MinReport { get; init; }
}
