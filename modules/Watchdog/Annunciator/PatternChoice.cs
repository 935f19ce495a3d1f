using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Which pattern an output shows for the picture of the gateway.</summary>
/// <remarks>After ISA-18.2: a new alarm flashes and sounds, an acknowledged one is steady and silent, one that is over is dark.</remarks>
internal static class PatternChoice
{
    public static Pattern For(OutputRole role, GatewayStatus status, DateTimeOffset now) => role switch
    {
        OutputRole.Alarm => Lamp(status, EventSeverity.Low, EventSeverity.Critical),
        OutputRole.Critical => Lamp(status, EventSeverity.Critical, EventSeverity.Critical),
        OutputRole.High => Lamp(status, EventSeverity.High, EventSeverity.High),
        OutputRole.Medium => Lamp(status, EventSeverity.Medium, EventSeverity.Medium),
        OutputRole.Low => Lamp(status, EventSeverity.Low, EventSeverity.Low),
        OutputRole.Buzzer => Tone(Worst(status, EventSeverity.Low, EventSeverity.Critical, isNew: true)),
        OutputRole.Well => Verdict.Of(status, now) is Verdict.Well ? Pattern.Steady : Pattern.Off,
        _ => Verdict.IsFresh(status, now) ? Pattern.Wink : Pattern.Off,
    };

    private static Pattern Lamp(GatewayStatus status, EventSeverity least, EventSeverity most) => Worst(status, least, most, isNew: true) switch
    {
        EventSeverity.Critical or EventSeverity.High => Pattern.Fast,
        EventSeverity.Medium => Pattern.Slow,
        EventSeverity.Low => Pattern.Steady,
        _ => Worst(status, least, most, isNew: false) is null ? Pattern.Off : Pattern.Steady,
    };

    private static Pattern Tone(EventSeverity? severity) => severity switch
    {
        EventSeverity.Critical => Pattern.Fast,
        EventSeverity.High => Pattern.TwoTones,
        EventSeverity.Medium => Pattern.RareTone,
        _ => Pattern.Off,
    };

    private static EventSeverity? Worst(GatewayStatus status, EventSeverity least, EventSeverity most, bool isNew)
    {
        EventSeverity? worst = null;
        foreach (Alarm alarm in status.Alarms)
        {
            if (alarm.Severity >= least && alarm.Severity <= most && alarm.AcknowledgedAt is null == isNew && (worst is null || alarm.Severity > worst))
            {
                worst = alarm.Severity;
            }
        }

        return worst;
    }
}
