namespace Sallyport.Watchdog.Posture;

/// <summary>A number of a module's metrics page.</summary>
/// <param name="Name">As on the page, for example <c>sallyport_sas_remaining_seconds</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The number.</param>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
