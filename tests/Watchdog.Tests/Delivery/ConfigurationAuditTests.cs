using System.Text;
using Sallyport.Hosting.Scraping;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>Changes of files and of the set of modules.</summary>
public sealed class ConfigurationAuditTests : IDisposable
{
    // SHA-256 of "a" and of "b".
    private const string HashOfA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    private const string HashOfB = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    private readonly GatewayBench _bench = new();
    private readonly string _file;
    private int _looks;

    public ConfigurationAuditTests()
    {
        _file = Path.Combine(_bench.Folder, "config.toml");
        _bench.Plan = _bench.Plan with { Files = [new WatchedFile("edge-daemon", _file)] };
    }

    private SecurityEvent[] Audits => [.. _bench.Raised.Raised.Where(raised => raised.EventType is "GatewayConfigurationChange")];

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_change_is_an_audit_event_with_the_hash_before_and_after()
    {
        await WriteAsync("a");
        await _bench.LiveAsync(seconds: 5);
        SecurityEvent first = Assert.Single(Audits);
        Assert.Equal((EventKind.Audit, EventSeverity.Informational, "", HashOfA), Of(first));

        await WriteAsync("b");
        await _bench.LiveAsync(seconds: 70);
        Assert.Equal(2, Audits.Length);
        Assert.Equal((EventKind.Audit, EventSeverity.Medium, HashOfA, HashOfB), Of(Audits[1]));
        Assert.Equal("file/edge-daemon", Audits[1].Details["setting"].ToString());
        Assert.Contains(_bench.Log.GetSnapshot(), line => line.Id.Id == 7030);
        Assert.Contains(_bench.Status.Events, one => one.Title is "The file edge-daemon changed.");
    }

    [Fact]
    public async Task A_change_while_the_module_did_not_run_is_found()
    {
        await WriteAsync("a");
        await _bench.LiveAsync(seconds: 5);
        await WriteAsync("b");
        using var after = new GatewayBench(_bench.Folder);
        after.Plan = _bench.Plan;
        await after.LiveAsync(seconds: 5);
        Assert.Equal((EventKind.Audit, EventSeverity.Medium, HashOfA, HashOfB), Of(Assert.Single(after.Raised.Raised)));
    }

    [Fact]
    public async Task A_change_that_the_hosts_report_has_is_an_audit_event_and_an_unusable_report_is_none()
    {
        _bench.Plan = _bench.Plan with { Files = [] };
        _bench.Host.Take(Report("firewall", HashOfA));
        await _bench.LiveAsync(seconds: 10);
        Assert.Equal((EventKind.Audit, EventSeverity.Informational, "", HashOfA), Of(Assert.Single(Audits)));
        _bench.Host.Take(new ReportReading.Unusable("too old"));
        await _bench.LiveAsync(seconds: 10);
        _bench.Host.Take(Report("firewall", HashOfB));
        await _bench.LiveAsync(seconds: 10);
        Assert.Equal(2, Audits.Length);
        Assert.Equal((EventKind.Audit, EventSeverity.Medium, HashOfA, HashOfB), Of(Audits[1]));
        Assert.Equal("host/firewall", Audits[1].Details["setting"].ToString());
        Assert.Contains("The host's configuration of firewall changed", Assert.Single(_bench.Log.GetSnapshot(), line => line.Id.Id == 7030).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_goes_is_a_change_and_one_that_cannot_be_read_is_told_once()
    {
        await WriteAsync("a");
        await _bench.LiveAsync(seconds: 5);
        File.Delete(_file);
        await _bench.LiveAsync(seconds: 70);
        Assert.Equal("absent", Audits[^1].Details["after"].ToString());
        Directory.CreateDirectory(_file);
        await _bench.LiveAsync(seconds: 200);
        Assert.Equal(2, Audits.Length);
        Assert.Single(_bench.Log.GetSnapshot(), line => line.Id.Id == 7031);
    }

    [Fact]
    public async Task The_set_of_modules_counts_when_it_was_seen_three_times_in_a_row()
    {
        var agent = new FakeModule("edgeAgent");
        await SeeAsync(agent, "SecureBuffer", "Watchdog");
        await SeeAsync(agent, "SecureBuffer", "Watchdog");
        Assert.Empty(Audits);
        await SeeAsync(agent, "SecureBuffer", "Watchdog");
        Assert.Equal("SecureBuffer, Watchdog", Assert.Single(Audits).Details["what"].ToString());
        for (var looks = 0; looks < 6; looks++)
        {
            await SeeAsync(agent);
        }

        Assert.Single(Audits);
        for (var looks = 0; looks < 4; looks++)
        {
            await SeeAsync(agent, "SecureBuffer", "Watchdog", "Stranger");
        }

        Assert.Equal((2, EventSeverity.Medium), (Audits.Length, Audits[1].Severity));
        Assert.Contains("Stranger", Audits[1].Details["what"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_left_the_deployment_stays_on_the_page_and_is_gone_when_its_time_stands_still_while_others_go_on()
    {
        var agent = new FakeModule("edgeAgent");
        for (var looks = 0; looks < 3; looks++)
        {
            await SeeAsync(agent, "SecureBuffer", "Watchdog");
        }

        for (var looks = 0; looks < 5; looks++)
        {
            await SeeAsync(agent, "Watchdog");
            await SeeAsync(agent);
        }

        Assert.Equal(2, Audits.Length);
        Assert.Equal("Watchdog", Audits[1].Details["what"].ToString());
    }

    private static (EventKind Kind, EventSeverity Severity, string Before, string After) Of(SecurityEvent raised) =>
        (raised.Kind, raised.Severity, raised.Details["before"].ToString(), raised.Details["after"].ToString());

    private static ReportReading.Usable Report(string name, string digest) => new(
        Posture.Gateway.NewReport(isSynchronised: true, DateTimeOffset.UnixEpoch) with { Configuration = Section.Found(new ConfigurationFacts([new ConfigurationDigest(name, digest)])) });

    private Task WriteAsync(string content) => File.WriteAllTextAsync(_file, content, GatewayBench.Token);

    private async Task SeeAsync(FakeModule agent, params string[] modules)
    {
        _looks += 10;
        foreach (var module in modules)
        {
            agent[Series(module)] = _looks;
        }

        Assert.True(MetricsPage.TryRead(Encoding.UTF8.GetBytes(agent.Page()), WantedMetric.All, out var samples, out var fault), fault);
        var target = new Target(Target.EdgeAgent, new Uri("http://edgeAgent:9600"), HasHealth: false, long.MaxValue);
        var look = new Look(TimeSpan.Zero, _bench.Time.GetUtcNow(), [new TargetLook(target, new Numbers(samples), ReportedHealth.None, "", IsThere: true)]);
        await _bench.Audit.LookAsync(look, _bench.Plan with { Files = [] }, GatewayBench.Token);
    }

    private static string Series(string module) => $"edgeAgent_total_time_expected_running_seconds{{module_name=\"{module}\"}}";
}
