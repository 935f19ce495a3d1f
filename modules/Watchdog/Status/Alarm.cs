using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>Something that is wrong now.</summary>
/// <param name="Id">The same as long as it stands, for example <c>delivery/stalled</c> or <c>module/ModbusReader/missing</c>.</param>
/// <param name="Severity">How urgent it is; chooses the pattern of lamp and buzzer.</param>
/// <param name="Title">What is wrong, in a sentence.</param>
/// <param name="Remedy">What people can do, in a sentence.</param>
/// <param name="Since">When it began.</param>
/// <param name="AcknowledgedAt">When somebody said that they know; null if nobody did. It silences the buzzer, not the lamp.</param>
internal sealed record Alarm(string Id, EventSeverity Severity, string Title, string Remedy, DateTimeOffset Since, DateTimeOffset? AcknowledgedAt = null);
