using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>An event of any module, or a change of a delivery state, as people see it in a list.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Module">Who says so.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Title">One sentence.</param>
internal sealed record RecentEvent(DateTimeOffset At, string Module, EventSeverity Severity, string Title);
