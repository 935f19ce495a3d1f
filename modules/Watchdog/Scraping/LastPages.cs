using Sallyport.Hosting.Scraping;

namespace Sallyport.Watchdog.Scraping;

/// <summary>The wanted numbers of all metrics pages, as they were read last. One writer, any number of readers.</summary>
internal sealed class LastPages
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyList<MetricSample> _samples = [];

    /// <summary>Ends as soon as pages were read for the first time.</summary>
    public Task First => _first.Task;

    /// <summary>Empty before that, and of modules that do not answer.</summary>
    public IReadOnlyList<MetricSample> Samples => _samples;

    public void Take(IReadOnlyList<MetricSample> samples)
    {
        _samples = samples;
        _ = _first.TrySetResult();
    }
}
