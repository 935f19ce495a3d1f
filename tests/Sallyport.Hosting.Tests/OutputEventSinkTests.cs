using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Events;
using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Hosting.Tests;

public sealed class OutputEventSinkTests : IDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeHubConnection _hub = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly OutputEventSink _sink;
    private readonly MetricCollector<long> _dropped;
    private readonly MetricCollector<long> _raised;
    private readonly MetricCollector<long> _sent;

    public OutputEventSinkTests()
    {
        IMeterFactory meters = _meters.GetRequiredService<IMeterFactory>();
        _sink = new OutputEventSink(_hub, "status", new EventMetrics(meters), _time, new FakeLogger<OutputEventSink>());
        _dropped = new MetricCollector<long>(meters, "Sallyport.Hosting", "sallyport.events.dropped");
        _raised = new MetricCollector<long>(meters, "Sallyport.Hosting", "sallyport.events.raised");
        _sent = new MetricCollector<long>(meters, "Sallyport.Hosting", "sallyport.events.sent");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Dispose();
        _dropped.Dispose();
        _raised.Dispose();
        _sent.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_are_sent_to_the_output_in_order_and_as_documented()
    {
        _sink.Raise(Event(1));
        _sink.Raise(Event(2));
        Task running = _sink.RunAsync(_stop.Token);
        await _stop.CancelAsync();
        await running;
        Assert.Equal(["status", "status"], _hub.Sent.Select(sent => sent.Output));
        Assert.Equal(["ModbusReader:1", "ModbusReader:2"], _hub.Sent.Select(sent => sent.Message.MessageId));
        Assert.All(_hub.Sent, sent => MessageSchema.Validate(sent.Message));
        Assert.Equal((2, 2, 0), (Sum(_raised), Sum(_sent), Sum(_dropped)));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_same_message_is_sent_every_five_seconds_until_it_is_acknowledged()
    {
        _hub.SendOutcomes.Enqueue(SendOutcome.NotConnected.Instance);
        _hub.SendOutcomes.Enqueue(new SendOutcome.Unacknowledged("no PUBACK within 20 s"));
        _sink.Raise(Event(1));
        Task running = _sink.RunAsync(_stop.Token);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            await AdvanceUntilAsync(_hub.Heard.WaitAsync(Token));
        }

        await _stop.CancelAsync();
        await running;
        Assert.Equal(3, _hub.Sent.Count);
        _ = Assert.Single(_hub.Sent.Select(sent => sent.Message).Distinct());
        Assert.Equal((1, 1, 0), (Sum(_raised), Sum(_sent), Sum(_dropped)));
    }

    [Fact(Timeout = 30_000)]
    public async Task When_too_many_wait_the_oldest_is_dropped_and_counted()
    {
        for (int i = 0; i < OutputEventSink.Capacity + 3; i++)
        {
            _sink.Raise(Event(i));
        }

        Assert.Equal((3, "queue-full"), (Sum(_dropped), Reason()));
        await _stop.CancelAsync();
        await _sink.RunAsync(_stop.Token);
        Assert.Equal(OutputEventSink.Capacity, _hub.Sent.Count);
        Assert.Equal("ModbusReader:3", _hub.Sent.First().Message.MessageId);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_that_is_too_large_is_dropped_and_counted_and_does_not_hold_up_the_next()
    {
        _hub.SendOutcomes.Enqueue(new SendOutcome.TooLarge(300_000, 255_000));
        _sink.Raise(Event(1));
        _sink.Raise(Event(2));
        await _stop.CancelAsync();
        await _sink.RunAsync(_stop.Token);
        Assert.Equal((1, "too-large"), (Sum(_dropped), Reason()));
        Assert.Equal(1, Sum(_sent));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stop_without_connection_gives_up_after_five_seconds_and_counts_what_is_left()
    {
        for (int i = 0; i < 10; i++)
        {
            _hub.SendOutcomes.Enqueue(SendOutcome.NotConnected.Instance);
        }

        _sink.Raise(Event(1));
        _sink.Raise(Event(2));
        Task running = _sink.RunAsync(_stop.Token);
        await _stop.CancelAsync();
        await AdvanceUntilAsync(running);
        Assert.Equal((2, "stopped"), (Sum(_dropped), Reason()));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_after_the_stop_is_counted_as_lost()
    {
        await _stop.CancelAsync();
        await _sink.RunAsync(_stop.Token);
        _sink.Raise(Event(1));
        Assert.Equal((1, "stopped"), (Sum(_dropped), Reason()));
        Assert.Empty(_hub.Sent);
    }

    private static SecurityEvent Event(int number) => new()
    {
        EventId = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Kind = EventKind.Audit,
        TimeGenerated = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
        ModuleId = "ModbusReader",
        EventType = "ConfigurationChange",
        Severity = EventSeverity.Low,
        Details = ImmutableSortedDictionary<string, PointValue>.Empty.Add("number", PointValue.FromInt64(number)),
    };

    private static int Sum(MetricCollector<long> collector) =>
        (int)collector.GetMeasurementSnapshot().Sum(measurement => measurement.Value);

    private string? Reason() => (string?)_dropped.LastMeasurement!.Tags["reason"];

    private async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await done;
    }
}
