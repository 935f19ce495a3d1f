namespace Sallyport.Watchdog.Posture;

/// <summary>The metrics pages of all modules, as they were read last.</summary>
internal interface IMetricPages
{
    /// <summary>The numbers of all pages; empty while none was read.</summary>
    IReadOnlyList<MetricSample> Samples { get; }
}
