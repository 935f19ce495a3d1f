using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Alarms;

/// <summary>Something that one look found wrong. It becomes an alarm when it stands for long enough.</summary>
/// <param name="Id">The same in each look that finds it.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Title">What is wrong, in a sentence.</param>
/// <param name="Remedy">What people can do, in a sentence.</param>
/// <param name="After">How long it has to stand.</param>
internal sealed record Finding(string Id, EventSeverity Severity, string Title, string Remedy, TimeSpan After);
