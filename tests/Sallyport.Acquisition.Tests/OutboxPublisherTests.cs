using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class OutboxPublisherTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<OutboxPublisher> _log = new();
    private readonly ScriptedSender _sender = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TestMeters _meters = new();
    private readonly MetricCollector<long> _published;
    private readonly MetricCollector<long> _retries;
    private readonly MetricCollector<long> _dropped;
    private readonly Outbox _outbox;
    private readonly OutboxPublisher _publisher;

    public OutboxPublisherTests()
    {
        _published = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.published");
        _retries = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.retries");
        _dropped = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.dropped");
        var metrics = new AcquisitionMetrics(_meters);
        _outbox = new Outbox("telemetry", capacityInBytes: 1_000_000, metrics);
        var backOff = new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), () => 0.5);
        _publisher = new OutboxPublisher(_outbox, _sender, backOff, metrics, _time, _log);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _published.Dispose();
        _retries.Dispose();
        _dropped.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Messages_are_sent_in_order_and_what_is_left_is_sent_after_the_stop()
    {
        Add(0, 1, 2);
        await _stop.CancelAsync();
        await _publisher.RunAsync(_stop.Token).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a-0, a-1, a-2", _sender.Names);
        Assert.Equal(3, _published.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(0, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_is_sent_again_and_again_before_the_next_one()
    {
        // The first one fails before the second is sent: nothing overtakes it.
        _sender.Answer(Delivery.TryAgain, Delivery.TryAgain, Delivery.Acknowledged);
        Add(0, 1);
        Task running = _publisher.RunAsync(_stop.Token);
        await _sender.WaitAsync();
        for (int retry = 1; retry <= 2; retry++)
        {
            await _retries.WaitForMeasurementsAsync(1 + retry, TestContext.Current.CancellationToken);
            await AdvanceUntilAsync(_sender.WaitAsync());
        }

        await _sender.WaitAsync();
        await _stop.CancelAsync();
        await running.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a-0, a-0, a-0, a-1", _sender.Names);
        Assert.Same(_sender.Sent.First(), _sender.Sent.ElementAt(2));
        Assert.Equal(2, _retries.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_is_too_large_is_given_up_with_a_gap_record_and_an_error()
    {
        _sender.Answer(Delivery.TooLarge);
        Add(0, 1);
        await _stop.CancelAsync();
        await _publisher.RunAsync(_stop.Token).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a-0, gap a 0..0 (1) oversize, a-1", _sender.Names);
        Assert.Equal(1, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(LogLevel.Error, _log.LatestRecord.Level);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stop_does_not_wait_longer_than_the_limit_and_says_what_is_lost()
    {
        _sender.Then = null;
        Add(0, 1, 2);
        Task running = _publisher.RunAsync(_stop.Token);
        await _sender.WaitAsync();
        await _stop.CancelAsync();
        _time.Advance(OutboxPublisher.DrainLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await running.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal("Stopped with 3 messages for output telemetry not sent", _log.LatestRecord.Message);
    }

    // The retry arms its timer a moment after the attempt is counted; time goes on until it has noticed.
    private async Task AdvanceUntilAsync(Task happened)
    {
        while (!happened.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await happened;
    }

    private void Add(params ReadOnlySpan<long> numbers)
    {
        foreach (long seq in numbers)
        {
            _outbox.Add(Entries.Frame("a", seq));
        }
    }
}
