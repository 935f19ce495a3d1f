using System.Diagnostics.Metrics;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>The state of delivery, and how long it was in each.</summary>
internal sealed class DeliveryMetrics
{
    private readonly StatusBoard _board;
    private readonly Counter<double> _seconds;
    private readonly Counter<long> _reconnects;
    private (DeliveryState State, TimeSpan At)? _last;
    private TimeSpan? _age;

    public DeliveryMetrics(IMeterFactory meters, StatusBoard board)
    {
        _board = board;
        Meter meter = meters.Create(ScrapeMetrics.MeterName);
        meter.CreateObservableGauge("sallyport.delivery.state", ReadState, "{states}", "1 for the state that delivery is in, 0 for the others.");
        meter.CreateObservableGauge("sallyport.module.condition", ReadModules, "{modules}", "1 for the condition that a module is in; the others are left out.");
        meter.CreateObservableGauge("sallyport.delivery.age", ReadAge, "s", "Time since the delivery of a page was last proven, as of the last look; left out before the first.");
        _seconds = meter.CreateCounter<double>("sallyport.delivery.time", "s", "Time that delivery was in a state.");
        _reconnects = meter.CreateCounter<long>("sallyport.delivery.reconnect_requests", "{messages}", "Times that SecureBuffer was asked for another connection, by outcome: sent or failed.");
        foreach (DeliveryState state in Enum.GetValues<DeliveryState>())
        {
            _seconds.Add(0, Tag(state));
        }

        ReconnectAsked("sent", 0);
        ReconnectAsked("failed", 0);
    }

    /// <summary>Adds the time since the last look to the state that it found.</summary>
    public void Looked(TimeSpan now, DeliveryVerdict verdict)
    {
        if (_last is { } last && now > last.At)
        {
            _seconds.Add((now - last.At).TotalSeconds, Tag(last.State));
        }

        (_last, _age) = ((verdict.Status.State, now), verdict.Age);
    }

    public void ReconnectAsked(string outcome, int times = 1) => _reconnects.Add(times, new KeyValuePair<string, object?>("outcome", outcome));

    private IEnumerable<Measurement<int>> ReadState()
    {
        DeliveryState now = _board.Current.Delivery.State;
        return Enum.GetValues<DeliveryState>().Select(state => new Measurement<int>(state == now ? 1 : 0, Tag(state)));
    }

    private IEnumerable<Measurement<double>> ReadAge() => _age is { } age ? [new Measurement<double>(age.TotalSeconds)] : [];

    private IEnumerable<Measurement<int>> ReadModules() =>
        _board.Current.Modules.Select(module => new Measurement<int>(1, new("module", module.Name), new("condition", module.Condition.ToString())));

    private static KeyValuePair<string, object?> Tag(DeliveryState state) => new("state", state.ToString());
}
