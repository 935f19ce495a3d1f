namespace Sallyport.Telemetry;

/// <summary>Which stream an event belongs to. The names in lower case are message types.</summary>
public enum EventKind
{
    /// <summary>Something happened that endangers the plant or the chain.</summary>
    Security,

    /// <summary>The result of a check of the gateway's own state.</summary>
    Posture,

    /// <summary>Somebody changed or tried to change something.</summary>
    Audit,
}
