using System.Diagnostics.Metrics;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Alarms;

/// <summary>Alarms, counted.</summary>
internal sealed class AlarmMetrics
{
    private readonly AlarmBoard _board;
    private readonly Counter<long> _raised;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _storeFailures;

    public AlarmMetrics(IMeterFactory meters, AlarmBoard board)
    {
        _board = board;
        Meter meter = meters.Create(ScrapeMetrics.MeterName);
        meter.CreateObservableGauge("sallyport.alarm.open", ReadOpen, "{alarms}", "Alarms that stand, by severity.");
        _raised = meter.CreateCounter<long>("sallyport.alarm.raised", "{alarms}", "Alarms that were raised, by severity.");
        _acknowledged = meter.CreateCounter<long>("sallyport.alarm.acknowledged", "{alarms}", "Alarms that people acknowledged.");
        _storeFailures = meter.CreateCounter<long>("sallyport.alarm.store_failures", "{attempts}", "Times that acknowledgements could not be stored: after a restart the alarms sound again.");
        foreach (EventSeverity severity in Enum.GetValues<EventSeverity>())
        {
            _raised.Add(0, Tag(severity));
        }

        _acknowledged.Add(0);
        _storeFailures.Add(0);
    }

    public void Raised(EventSeverity severity) => _raised.Add(1, Tag(severity));

    public void Acknowledged(int count) => _acknowledged.Add(count);

    public void StoreFailed() => _storeFailures.Add(1);

    private IEnumerable<Measurement<int>> ReadOpen()
    {
        var open = _board.Open;
        return Enum.GetValues<EventSeverity>().Select(severity => new Measurement<int>(open.Count(alarm => alarm.Severity == severity), Tag(severity)));
    }

    private static KeyValuePair<string, object?> Tag(EventSeverity severity) => new("severity", severity.ToString());
}
