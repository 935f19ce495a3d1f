using System.Diagnostics.Metrics;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Whether the lamps and buzzers work.</summary>
internal sealed class AnnunciatorMetrics
{
    private readonly UpDownCounter<long> _broken;
    private readonly Counter<long> _faults;

    public AnnunciatorMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.Watchdog");
        _broken = meter.CreateUpDownCounter<long>("sallyport.annunciator.broken_outputs", "{outputs}", "Lamps and buzzers that cannot be switched now.");
        _faults = meter.CreateCounter<long>("sallyport.annunciator.faults", "{attempts}", "Times that a lamp or buzzer could not be switched; each is tried again.");
        _broken.Add(0);
        _faults.Add(0);
    }

    public void Failed(string output) => _faults.Add(1, new KeyValuePair<string, object?>("output", output));

    public void Broke() => _broken.Add(1);

    public void Recovered() => _broken.Add(-1);
}
