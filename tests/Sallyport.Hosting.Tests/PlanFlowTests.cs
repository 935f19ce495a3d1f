using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Tests;

public sealed class PlanFlowTests : IAsyncLifetime
{
    private const string Good = """{"intervalMs":250}""";
    private const string Other = """{"intervalMs":500}""";
    private const string Bad = """{"intervalMs":0,"intervall":1}""";

    private readonly PlanBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task The_first_desired_document_is_in_force_stored_reported_and_audited()
    {
        using MetricCollector<long> changes = _bench.Collect("sallyport.plan.changes");
        using MetricCollector<long> version = _bench.Collect("sallyport.plan.version");
        await _bench.StartAsync();
        Assert.Null(_bench.Current.Value);

        await _bench.Hub.DesireAsync(7, Good, Token);
        await _bench.ReportedAsync();

        Assert.Equal(new CurrentPlan<TestPlan>.Edition(new TestPlan(250), 7, "e5b280fa01f7fc23"), _bench.Current.Value);
        Assert.True(File.Exists(_bench.StoredPath));
        Assert.Equal("""{"ac":200,"av":7,"ad":"In force.","faults":null}""", _bench.Hub.LastConfigurationReport.ToJsonString());
        SecurityEvent audit = Assert.Single(_bench.Events.Raised);
        Assert.Equal((EventKind.Audit, "ConfigurationChange", EventSeverity.Informational), (audit.Kind, audit.EventType, audit.Severity));
        Assert.Equal("twin", audit.Details["actor"].ToString());
        Assert.Equal(("", "e5b280fa01f7fc23"), (audit.Details["before"].ToString(), audit.Details["cfg"].ToString()));
        Assert.Equal(("accepted", 1L), (Outcome(changes), changes.LastMeasurement!.Value));
        Assert.Equal(7, version.LastMeasurement!.Value);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(Good)]
    [InlineData(Bad)]
    public async Task What_judging_a_document_took_is_given_back_whether_it_is_accepted_or_not(string document)
    {
        await _bench.StartAsync();
        int collections = GC.CollectionCount(GC.MaxGeneration);
        await _bench.Hub.DesireAsync(7, document, Token);
        Assert.NotEqual(collections, GC.CollectionCount(GC.MaxGeneration));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refused_document_keeps_the_old_plan_and_is_reported_with_pointers_and_audited()
    {
        using MetricCollector<long> changes = _bench.Collect("sallyport.plan.changes");
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Good, Token);
        await _bench.ReportedAsync();
        CurrentPlan<TestPlan>.Edition? before = _bench.Current.Value;
        byte[] stored = await File.ReadAllBytesAsync(_bench.StoredPath, Token);

        await _bench.Hub.DesireAsync(8, Bad, Token);
        await _bench.ReportedAsync();

        Assert.Same(before, _bench.Current.Value);
        Assert.Equal(stored, await File.ReadAllBytesAsync(_bench.StoredPath, Token));
        JsonObject report = _bench.Hub.LastConfigurationReport;
        Assert.Equal((400, 8L), ((int)report["ac"]!, (long)report["av"]!));
        Assert.Equal(
            """[{"pointer":"/intervall","reason":"Unknown key; known here are intervalMs, note."},"""
            + """{"pointer":"/intervalMs","reason":"0 is not a whole number from 50 to 1000."}]""",
            report["faults"]!.ToJsonString());
        SecurityEvent audit = _bench.Events.Raised.Last();
        Assert.Equal((EventKind.Audit, "ConfigurationChange", EventSeverity.Medium), (audit.Kind, audit.EventType, audit.Severity));
        Assert.Equal("/intervall", audit.Details["pointer"].ToString());
        Assert.Equal("e5b280fa01f7fc23", audit.Details["before"].ToString());
        Assert.Matches("^[0-9a-f]{16}$", audit.Details["refused"].ToString());
        Assert.Equal("refused", Outcome(changes));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_next_good_document_removes_the_faults_from_the_report()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Bad, Token);
        await _bench.ReportedAsync();
        await _bench.Hub.DesireAsync(8, Good, Token);
        await _bench.ReportedAsync();
        Assert.Equal("""{"ac":200,"av":8,"ad":"In force.","faults":null}""", _bench.Hub.LastConfigurationReport.ToJsonString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_document_of_40_KB_is_refused_as_too_large()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, $$"""{"intervalMs":250,"note":"{{new string('x', 40_000)}}"}""", Token);
        await _bench.ReportedAsync();
        Assert.Null(_bench.Current.Value);
        Assert.Equal(
            """[{"pointer":"","reason":"The document has 40028 bytes; at most 32768 are possible."}]""",
            _bench.Hub.LastConfigurationReport["faults"]!.ToJsonString());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_same_document_again_changes_nothing_but_the_version_that_is_stored_and_reported()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, """{"intervalMs":250,"note":"a"}""", Token);
        await _bench.ReportedAsync();
        CurrentPlan<TestPlan>.Edition? before = _bench.Current.Value;

        await _bench.Hub.DesireAsync(9, """{ "note": "a", "intervalMs": 250 }""", Token);
        await _bench.ReportedAsync();

        Assert.Same(before, _bench.Current.Value);
        _ = Assert.Single(_bench.Events.Raised);
        Assert.Equal(9, (long)_bench.Hub.LastConfigurationReport["av"]!);

        _bench.Restart();
        await _bench.StartAsync();
        Assert.Equal(9, _bench.Hub.Seeded!.Version);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_in_force_is_not_judged_again_when_the_hub_repeats_it()
    {
        // A file that the document names may have been replaced since: it would be refused, and yet it is in force.
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Good, Token);
        await _bench.Hub.DesireAsync(8, Good, Token);
        Assert.Equal(1, _bench.Reader.Readings);

        _bench.Restart();
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(8, Good, Token);
        Assert.Equal(1, _bench.Reader.Readings);
        await _bench.Hub.DesireAsync(9, Other, Token);
        await _bench.Hub.DesireAsync(10, Good, Token);
        Assert.Equal(3, _bench.Reader.Readings);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stored_plan_is_in_force_before_any_word_from_the_hub_and_is_no_change()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Good, Token);

        _bench.Restart();
        await _bench.StartAsync();

        Assert.Equal(new CurrentPlan<TestPlan>.Edition(new TestPlan(250), 7, "e5b280fa01f7fc23"), _bench.Current.Value);
        Assert.Equal(7, _bench.Hub.Seeded!.Version);
        Assert.Equal(Good, _bench.Hub.Seeded.Document.ToJsonString());
        Assert.Empty(_bench.Events.Raised);
        await _bench.ReportedAsync();
        Assert.Equal("In force, from the last run.", (string?)_bench.Hub.LastConfigurationReport["ad"]);

        await _bench.Hub.DesireAsync(8, Other, Token);
        Assert.Equal(500, _bench.Current.Value!.Plan.IntervalMs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stored_plan_that_this_release_does_not_accept_is_reported_and_not_used()
    {
        using MetricCollector<long> failures = _bench.Collect("sallyport.plan.store_failures");
        var store = new Identity.PlanStore(_bench.Folder, _bench.Key, "ModbusReader");
        await store.SaveAsync(new Identity.StoredPlan(7, """{"interval":"1 s"}"""u8.ToArray()), Token);
        _bench.Options.ConfigurationFile = await _bench.WriteFileAsync(Good);

        await _bench.StartAsync();
        await _bench.ReportedAsync();

        Assert.Null(_bench.Current.Value);
        Assert.Null(_bench.Hub.Seeded);
        JsonObject report = _bench.Hub.LastConfigurationReport;
        Assert.Equal((400, 7L), ((int)report["ac"]!, (long)report["av"]!));
        Assert.Equal("What was accepted in an earlier run cannot be used now.", (string?)report["ad"]);
        Assert.Equal("store", Assert.Single(_bench.Events.Raised).Details["actor"].ToString());
        Assert.Equal(1, failures.LastMeasurement!.Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_damaged_store_raises_a_security_event_and_the_local_file_steps_in()
    {
        await File.WriteAllTextAsync(_bench.StoredPath, "planted", Token);
        _bench.Options.ConfigurationFile = await _bench.WriteFileAsync(Good);
        await _bench.StartAsync();
        SecurityEvent raised = Assert.Single(_bench.Events.Raised);
        Assert.Equal((EventKind.Security, "StoredPlanRefused", EventSeverity.High), (raised.Kind, raised.EventType, raised.Severity));
        Assert.Equal(250, _bench.Current.Value!.Plan.IntervalMs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plan_that_cannot_be_stored_is_in_force_all_the_same_and_the_report_says_so()
    {
        using MetricCollector<long> failures = _bench.Collect("sallyport.plan.store_failures");
        await _bench.StartAsync();
        _bench.Key.Fails = true;
        await _bench.Hub.DesireAsync(7, Good, Token);
        await _bench.ReportedAsync();
        Assert.Equal(250, _bench.Current.Value!.Plan.IntervalMs);
        Assert.Equal(200, (int)_bench.Hub.LastConfigurationReport["ac"]!);
        Assert.StartsWith("In force, but not stored", (string?)_bench.Hub.LastConfigurationReport["ad"], StringComparison.Ordinal);
        Assert.Equal(1, failures.LastMeasurement!.Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_that_stays_silent_holds_the_start_up_for_15_seconds_and_no_longer()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Good, Token);
        _bench.Restart();
        _bench.Key.IsSilent = true;

        Task starting = _bench.StartAsync();
        while (!starting.IsCompleted)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await starting;
        Assert.Null(_bench.Current.Value);
        Assert.Equal(
            "The key that proves it did not answer within 15 s.", Assert.Single(_bench.Events.Raised).Details["reason"].ToString());
    }

    private static string? Outcome(MetricCollector<long> collector) => (string?)collector.LastMeasurement!.Tags["outcome"];
}
