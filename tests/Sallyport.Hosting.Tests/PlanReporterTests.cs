using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Configuration;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Tests;

public sealed class PlanReporterTests : IAsyncLifetime
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeHubConnection _hub = new();
    private readonly FakeLogger<PlanReporter> _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PlanReporter _reporter;
    private Task _running = Task.CompletedTask;

    public PlanReporterTests() => _reporter = new PlanReporter(
        _hub, new PlanMetrics(_meters.GetRequiredService<IMeterFactory>()), _time, _log);

    public ValueTask InitializeAsync()
    {
        _running = _reporter.RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _stop.Dispose();
        await _meters.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_is_repeated_every_five_seconds_until_it_is_answered()
    {
        using var failures = new MetricCollector<long>(
            _meters.GetRequiredService<IMeterFactory>(), "Sallyport.Hosting", "sallyport.plan.report_failures");
        _hub.ReportOutcomes.Enqueue(new ReportOutcome.Unanswered("no connection"));
        _hub.ReportOutcomes.Enqueue(new ReportOutcome.Refused(429));
        _hub.ReportOutcomes.Enqueue(new ReportOutcome.Refused(500));
        _reporter.Report(PlanReport.Accepted(7, "In force."));
        for (int attempt = 1; attempt <= 4; attempt++)
        {
            await HeardAsync();
        }

        Assert.Equal(4, _hub.Reports.Count);
        Assert.Equal(3, failures.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.All(_hub.Reports, report => Assert.Equal(7, (long)report["configuration"]!["av"]!));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_newer_report_takes_the_place_of_one_that_was_not_delivered()
    {
        _hub.ReportOutcomes.Enqueue(new ReportOutcome.Unanswered("no connection"));
        _reporter.Report(PlanReport.Accepted(7, "In force."));
        await _hub.Heard.WaitAsync(TestContext.Current.CancellationToken);
        _reporter.Report(PlanReport.Accepted(8, "In force."));
        _reporter.Report(PlanReport.Accepted(9, "In force."));
        await HeardAsync();
        Assert.Equal(9, (long)_hub.LastConfigurationReport["av"]!);
        Assert.Equal(2, _hub.Reports.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_that_the_twin_does_not_want_is_given_up_and_logged()
    {
        _hub.ReportOutcomes.Enqueue(new ReportOutcome.Refused(400));
        _reporter.Report(PlanReport.Accepted(7, "In force."));
        await HeardAsync();
        _reporter.Report(PlanReport.Accepted(8, "In force."));
        await HeardAsync();
        Assert.Equal(8, (long)_hub.LastConfigurationReport["av"]!);
        Assert.Equal(2, _hub.Reports.Count);
        FakeLogRecord logged = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal((LogLevel.Error, 4300), (logged.Level, logged.Id.Id));
    }

    [Fact]
    public void A_report_stays_far_below_32_KiB_whatever_was_refused()
    {
        ImmutableArray<PlanFault> faults = [.. Enumerable.Repeat(new PlanFault("/" + new string('p', 30_000), new string('ü', 30_000)), 33)];
        string report = PlanReport.Refused(7, new string('d', 30_000), faults).ToPatch().ToJsonString();
        Assert.InRange(Encoding.UTF8.GetByteCount(report), 1, 16 * 1024 * 2);
        Assert.Contains("There are 17 more faults.", report, StringComparison.Ordinal);
    }

    private async Task HeardAsync()
    {
        Task heard = _hub.Heard.WaitAsync(TestContext.Current.CancellationToken);
        while (!heard.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await heard;
    }
}
