namespace Sallyport.Watchdog.Posture;

/// <summary>Nobody reads pages: what stands there cannot be told.</summary>
internal sealed class NoMetricPages : IMetricPages
{
    public IReadOnlyList<MetricSample> Samples => [];
}
