namespace Sallyport.Telemetry;

/// <summary>How urgent an event is, least first.</summary>
public enum EventSeverity
{
    /// <summary>For the record.</summary>
    Informational,

    /// <summary>To be looked at some day.</summary>
    Low,

    /// <summary>To be looked at this week.</summary>
    Medium,

    /// <summary>To be looked at today.</summary>
    High,

    /// <summary>To be looked at now.</summary>
    Critical,
}
