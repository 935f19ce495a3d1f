using System.Diagnostics.Metrics;

namespace Sallyport.TestKit;

/// <summary>Meters of one test. It is the scope of its meters, so that collectors of parallel tests do not hear each other.</summary>
public sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
