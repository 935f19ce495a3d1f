using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>What the picture comes to in one word. Lamps, the page and the terminal say the same.</summary>
internal static class Verdict
{
    /// <summary>Nothing is wrong that anybody knows of.</summary>
    public const string Well = "well";

    /// <summary>An alarm stands.</summary>
    public const string Alarms = "alarms";

    /// <summary>Nothing was looked at yet.</summary>
    public const string Unknown = "unknown";

    /// <summary>The last look is too old to be believed.</summary>
    public const string Stale = "stale";

    /// <summary>A picture older than this is not believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(3);

    public static string Of(GatewayStatus status, DateTimeOffset now) => status switch
    {
        { Alarms: var alarms } when alarms.Any(alarm => alarm.Severity > EventSeverity.Informational) => Alarms,
        { At: var at } when at == DateTimeOffset.UnixEpoch => Unknown,
        _ when !IsFresh(status, now) => Stale,
        { Delivery.State: DeliveryState.Unknown } => Unknown,
        _ => Well,
    };

    /// <summary>Whether somebody looked lately. A look from the future is none: the clock was set back, and nobody looked since.</summary>
    public static bool IsFresh(GatewayStatus status, DateTimeOffset now) => (now - status.At).Duration() <= BelievedFor;
}
