using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.IotHub;
using Sallyport.Posture;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.Posture;

public sealed class PostureLoopTests
{
    [Fact]
    public async Task At_the_start_every_result_becomes_an_event_with_the_columns_of_the_table()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: true);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);

        Assert.Equal(PostureChecks.All.Select(check => check.Id), gateway.Raised.Select(raised => raised.CheckId));
        Assert.All(gateway.Raised, raised => MessageSchema.Validate(TelemetryMessage.Of(raised)));
        Assert.Equal(gateway.Raised.Count, gateway.Raised.Select(raised => raised.EventId).Distinct().Count());
        SecurityEvent clock = Assert.Single(gateway.Raised, raised => raised.CheckId is "time-synchronised");
        Assert.Equal((EventKind.Posture, "PostureCheck", PostureResult.Pass, EventSeverity.Informational), (clock.Kind, clock.EventType, clock.Result, clock.Severity));
        Assert.Equal("Synchronised, says chrony.", clock.Details["evidence"].ToString());
        Assert.Equal(["evidence", "iec62443", "nist80082", "remedy"], clock.Details.Keys);
        Assert.Equal(("edge-daemon", "absent"), (Assert.Single(gateway.Configuration.Items).Name, gateway.Configuration.Items[0].Digest));
    }

    [Fact]
    public async Task Afterwards_only_what_changed_becomes_an_event_and_once_a_day_everything()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: true);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);
        gateway.Raised.Clear();

        gateway.Report(isSynchronised: false);
        gateway.Time.Advance(TimeSpan.FromMinutes(59));
        await gateway.Loop.LookAsync(Gateway.Token);
        Assert.Empty(gateway.Raised);

        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.Loop.LookAsync(Gateway.Token);
        SecurityEvent failed = Assert.Single(gateway.Raised);
        Assert.Equal(("time-synchronised", PostureResult.Fail, EventSeverity.Medium), (failed.CheckId, failed.Result, failed.Severity));
        Assert.Contains(gateway.Log.GetSnapshot(), record => record.Id.Id is 7300 && record.Message.Contains("time-synchronised", StringComparison.Ordinal));

        gateway.Raised.Clear();
        gateway.Time.Advance(TimeSpan.FromHours(23));
        await gateway.Loop.LookAsync(Gateway.Token);
        Assert.Equal(PostureChecks.All.Length, gateway.Raised.Count);
    }

    [Fact]
    public async Task A_report_that_became_old_proves_nothing()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: true);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);
        gateway.Raised.Clear();
        gateway.Time.Advance(TimeSpan.FromHours(27));
        await gateway.Loop.LookAsync(Gateway.Token);
        SecurityEvent clock = Assert.Single(gateway.Raised, raised => raised.CheckId is "time-synchronised");
        Assert.Equal(PostureResult.Unknown, clock.Result);
        Assert.Contains("too old", clock.Details["evidence"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "There is no report of the host")]
    [InlineData("{}", "is not sallyport.posture-report/1")]
    public async Task Without_a_report_the_host_cannot_be_judged(string? text, string reason)
    {
        await using var gateway = new Gateway();
        if (text is not null)
        {
            await File.WriteAllTextAsync(gateway["report.json"], text, Gateway.Token);
        }

        using var faults = new MetricCollector<long>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.report_faults");
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);
        SecurityEvent clock = Assert.Single(gateway.Raised, raised => raised.CheckId is "time-synchronised");
        Assert.Contains(reason, clock.Details["evidence"].ToString(), StringComparison.Ordinal);
        Assert.Equal(1, faults.LastMeasurement!.Value);
    }

    [Fact]
    public async Task The_summary_is_on_the_board_and_in_the_twin()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: false);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);

        Assert.Equal(1, gateway.Board.Current.Posture!.Failed);
        Assert.Equal(PostureChecks.All.Length, gateway.Board.Current.Posture is { } summary ? summary.Passed + summary.Failed + summary.Unknown + summary.NotApplicable : 0);
        JsonElement reported = JsonElement.Parse(Assert.Single(gateway.Hub.Reported).ToJsonString()).GetProperty("posture");
        Assert.Equal("time-synchronised", Assert.Single(reported.GetProperty("failing").EnumerateArray()).GetString());
        Assert.Equal(1, reported.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task What_the_twin_did_not_take_is_reported_again()
    {
        await using var gateway = new Gateway();
        using var failures = new MetricCollector<long>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.twin_failures");
        gateway.Configure();
        gateway.Hub.Outcome = new ReportOutcome.Refused(429);
        await gateway.Loop.LookAsync(Gateway.Token);
        gateway.Hub.Outcome = ReportOutcome.Accepted.Instance;
        await gateway.Loop.LookAsync(Gateway.Token);
        await gateway.Loop.LookAsync(Gateway.Token);
        Assert.Equal(2, gateway.Hub.Reported.Count);
        Assert.Equal(1, failures.LastMeasurement!.Value);
    }

    [Fact]
    public async Task A_summary_that_the_twin_refuses_is_told_and_not_repeated()
    {
        await using var gateway = new Gateway();
        gateway.Configure();
        gateway.Hub.Outcome = new ReportOutcome.Refused(400);
        await gateway.Loop.LookAsync(Gateway.Token);
        await gateway.Loop.LookAsync(Gateway.Token);
        Assert.Single(gateway.Hub.Reported);
        Assert.Contains(gateway.Log.GetSnapshot(), record => record.Id.Id is 7304);
    }

    [Fact]
    public async Task A_new_plan_is_judged_at_once()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: false);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);
        gateway.Raised.Clear();
        PosturePolicy policy = PosturePolicy.Default;
        gateway.Configure(new PosturePlan
        {
            ReportFile = gateway["report.json"],
            Policy = policy with { NotApplicable = policy.NotApplicable.Add("time-synchronised", "The plant has no time source.") },
        });
        await gateway.Loop.LookAsync(Gateway.Token);
        SecurityEvent clock = Assert.Single(gateway.Raised);
        Assert.Equal((PostureResult.NotApplicable, "The plant has no time source."), (clock.Result, clock.Details["evidence"].ToString()));
    }

    [Fact]
    public async Task Metrics_say_each_failure_and_what_cannot_be_told()
    {
        await using var gateway = new Gateway();
        gateway.Report(isSynchronised: false);
        gateway.Configure();
        await gateway.Loop.LookAsync(Gateway.Token);
        gateway.Time.Advance(TimeSpan.FromSeconds(90));
        using var failed = new MetricCollector<int>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.failed");
        using var unknown = new MetricCollector<int>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.unknown");
        using var score = new MetricCollector<int>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.score");
        using var age = new MetricCollector<double>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.report_age");
        failed.RecordObservableInstruments();
        unknown.RecordObservableInstruments();
        score.RecordObservableInstruments();
        age.RecordObservableInstruments();
        Assert.Equal("time-synchronised", Assert.Single(failed.GetMeasurementSnapshot(), one => one.Value is 1).Tags["check"]);
        Assert.Contains(unknown.GetMeasurementSnapshot(), one => one.Value is 1 && one.Tags["check"] is "passwords");
        Assert.InRange(score.LastMeasurement!.Value, 1, 99);
        Assert.Equal(90, age.LastMeasurement!.Value, 1.0);
    }

    [Fact]
    public async Task A_direct_method_makes_all_checks_now()
    {
        await using var gateway = new Gateway();
        using var inspections = new MetricCollector<long>(gateway.Meters, "Sallyport.Watchdog", "sallyport.posture.inspections");
        await gateway.Method.StartAsync(Gateway.Token);
        Func<MethodRequest, CancellationToken, Task<MethodResponse>> call = gateway.Hub.Methods["runPostureCheck"];
        Assert.Equal(409, (await call(new MethodRequest("runPostureCheck", default), Gateway.Token)).Status);

        gateway.Report(isSynchronised: true);
        gateway.Configure();
        Assert.Equal(400, (await call(new MethodRequest("runPostureCheck", """{"check":"ssh"}"""u8.ToArray()), Gateway.Token)).Status);
        MethodResponse answer = await call(new MethodRequest("runPostureCheck", "{}"u8.ToArray()), Gateway.Token);
        Assert.Equal(200, answer.Status);
        JsonElement[] checks = [.. JsonElement.Parse(answer.Payload.Span).GetProperty("checks").EnumerateArray()];
        Assert.Equal("Pass", checks.Single(check => check.GetProperty("id").GetString() is "time-synchronised").GetProperty("result").GetString());
        Assert.Equal(PostureChecks.All.Length, gateway.Raised.Count);
        Assert.Equal(1, inspections.LastMeasurement!.Value);
        Assert.InRange(answer.Payload.Length, 1, 64 * 1024);
    }
}
