using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>The words for states, moments and lengths of time; the same on the page and in its JSON.</summary>
internal static class StatusWords
{
    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Delivering => "delivering",
        DeliveryState.Degraded => "degraded",
        DeliveryState.Offline => "offline",
        DeliveryState.Stalled => "stalled",
        _ => "unknown",
    };

    public static string Of(ModuleCondition condition) => condition switch
    {
        ModuleCondition.Well => "well",
        ModuleCondition.Unwell => "unwell",
        ModuleCondition.Flapping => "flapping",
        ModuleCondition.Missing => "missing",
        _ => "unknown",
    };

    public static string Of(DeviceState state) => state switch
    {
        DeviceState.Starting => "starting",
        DeviceState.Online => "online",
        DeviceState.Degraded => "degraded",
        DeviceState.Offline => "offline",
        _ => "stopped",
    };

    public static string Of(EventSeverity severity) => severity switch
    {
        EventSeverity.Critical => "critical",
        EventSeverity.High => "high",
        EventSeverity.Medium => "medium",
        EventSeverity.Low => "low",
        _ => "informational",
    };

    /// <summary>For example <c>2026-11-26T10:15:00Z</c>.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For example <c>2026-11-26 10:15:00</c>.</summary>
    public static string ForPeople(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For example <c>3 min</c>; whole units, rounded down, never negative.</summary>
    public static string Of(TimeSpan length) => length switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalSeconds: < 90 } => Number(length.TotalSeconds, "s"),
        { TotalMinutes: < 90 } => Number(length.TotalMinutes, "min"),
        { TotalHours: < 48 } => Number(length.TotalHours, "h"),
        { TotalDays: < 730 } => Number(length.TotalDays, "days"),
        _ => Number(length.TotalDays / 365, "years"),
    };

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value)} {unit}");
}
