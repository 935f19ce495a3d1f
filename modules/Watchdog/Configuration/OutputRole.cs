namespace Sallyport.Watchdog.Configuration;

/// <summary>What a lamp or buzzer tells.</summary>
internal enum OutputRole
{
    /// <summary>Every alarm, the most severe one first.</summary>
    Alarm,

    /// <summary>Critical alarms alone.</summary>
    Critical,

    /// <summary>High alarms alone.</summary>
    High,

    /// <summary>Medium alarms alone.</summary>
    Medium,

    /// <summary>Low alarms alone.</summary>
    Low,

    /// <summary>It sounds while an alarm is not acknowledged.</summary>
    Buzzer,

    /// <summary>Steady while all is well.</summary>
    Well,

    /// <summary>It winks as long as this module looks at the gateway.</summary>
    Heartbeat,
}
