namespace Sallyport.Telemetry.Json;

/// <summary>The words that stand for enumeration values in JSON, both ways. One table per enumeration; nothing is derived from C# names.</summary>
internal static class Words
{
    public static readonly (FrameKind Value, string Word)[] FrameKinds =
        [(FrameKind.Key, "key"), (FrameKind.Delta, "delta"), (FrameKind.Heartbeat, "heartbeat")];

    public static readonly (DeviceState Value, string Word)[] DeviceStates =
    [
        (DeviceState.Starting, "starting"),
        (DeviceState.Online, "online"),
        (DeviceState.Degraded, "degraded"),
        (DeviceState.Offline, "offline"),
        (DeviceState.Stopped, "stopped"),
    ];

    public static readonly (EventKind Value, string Word)[] EventKinds =
        [(EventKind.Security, "security"), (EventKind.Posture, "posture"), (EventKind.Audit, "audit")];

    public static readonly (EventSeverity Value, string Word)[] Severities =
    [
        (EventSeverity.Informational, "Informational"),
        (EventSeverity.Low, "Low"),
        (EventSeverity.Medium, "Medium"),
        (EventSeverity.High, "High"),
        (EventSeverity.Critical, "Critical"),
    ];

    public static readonly (PostureResult Value, string Word)[] PostureResults =
    [
        (PostureResult.Pass, "Pass"),
        (PostureResult.Fail, "Fail"),
        (PostureResult.Unknown, "Unknown"),
        (PostureResult.NotApplicable, "NotApplicable"),
    ];

    public static readonly (GapReason Value, string Word)[] GapReasons =
    [
        (GapReason.OutboxFull, "outbox-full"),
        (GapReason.Evicted, "evicted"),
        (GapReason.Unconfirmed, "unconfirmed"),
        (GapReason.Oversize, "oversize"),
        (GapReason.Unreadable, "unreadable"),
        (GapReason.Unclean, "unclean"),
        (GapReason.KeyLost, "key-lost"),
    ];

    public static string WordFor<T>(this (T Value, string Word)[] table, T value)
        where T : struct, Enum =>
        Array.Find(table, row => EqualityComparer<T>.Default.Equals(row.Value, value)).Word
        ?? throw new ArgumentOutOfRangeException(nameof(value), value, "Not a value of its enumeration.");

    public static T? ValueFor<T>(this (T Value, string Word)[] table, string word)
        where T : struct, Enum
    {
        (T Value, string Word) found = Array.Find(table, row => string.Equals(row.Word, word, StringComparison.Ordinal));
        return found.Word is null ? null : found.Value;
    }
}
