using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Sallyport.Hosting.Metrics;

/// <summary>Turns all instruments into one page of Prometheus text whenever somebody asks. One page at a time.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(ModuleIdentity identity) : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _lock = new();
    private string _page = "";

    /// <summary>Set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The page as of now; empty before the meters are listened to.</summary>
    public string Scrape()
    {
        lock (_lock)
        {
            _page = "";
            _ = Collect?.Invoke(Timeout.Infinite);
            return _page;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText(identity);
        foreach (Metric metric in batch)
        {
            text.Write(metric);
        }

        _page = text.ToString();
        return ExportResult.Success;
    }
}
