using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Trust;
using Sallyport.CertificateManager.Watch;
using Sallyport.Hosting;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub;
using Sallyport.Simulator.Certificates;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Tests;

public sealed class WatchTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(365, 335.5, "Days30")]
    [InlineData(365, 334, "None")]
    [InlineData(365, 351.5, "Days14")]
    [InlineData(365, 358.5, "Days7")]
    [InlineData(365, 362.5, "Days3")]
    [InlineData(365, 364.5, "Days1")]
    [InlineData(365, 365, "Expired")]
    [InlineData(9, 5.9, "None")]
    [InlineData(9, 6.1, "Days30")]
    [InlineData(9, 7.7, "Days14")]
    public void A_short_life_has_the_same_shares_as_the_days_of_a_long_one(double life, double passed, string expected) =>
        Assert.Equal(expected, ExpiryLevels.Of(Begin, Begin.AddDays(life), Begin.AddDays(passed)).ToString());

    [Fact(Timeout = 60_000)]
    public async Task Each_level_is_told_once_and_after_a_restart_only_a_new_one()
    {
        await using Site site = await Site.StartAsync();
        using var alerts = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.alerts");
        using var remaining = new MetricCollector<double>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.remaining");
        using var life = new MetricCollector<double>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.life");
        (WatchLoop loop, CertificateBoard board) = Loop(site, "plc", WriteServer(site, "plc.pem"));
        await loop.LookAsync(Site.Token);
        Assert.Empty(site.Told);
        remaining.RecordObservableInstruments();
        life.RecordObservableInstruments();
        Assert.Contains(life.GetMeasurementSnapshot(), one => one.Tags["kind"] is "plc" && one.Tags["name"] is "plc" && one.Value is >= 30 * 86400);
        Assert.Contains(remaining.GetMeasurementSnapshot(), one => one.Tags["kind"] is "plc" && one.Tags["name"] is "plc" && one.Value is > 29.9 * 86400 and < 30.1 * 86400);

        site.Time.Advance(TimeSpan.FromDays(21));
        await loop.LookAsync(Site.Token);
        await loop.LookAsync(Site.Token);
        SecurityEvent told = Assert.Single(site.Events.Raised);
        Assert.Equal(("CertificateEnding", EventSeverity.Medium), (told.EventType, told.Severity));

        (loop, board) = Loop(site, "plc", site["plc.pem"]);
        await loop.LookAsync(Site.Token);
        Assert.Single(site.Events.Raised);
        site.Time.Advance(TimeSpan.FromDays(10));
        await loop.LookAsync(Site.Token);
        Assert.Equal(("CertificateExpired", EventSeverity.Critical), (site.Events.Raised.Last().EventType, site.Events.Raised.Last().Severity));
        Assert.Equal(2, site.Events.Raised.Count);
        Assert.Equal(1, alerts.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Contains(board.Last.Certificates, one => one.Kind is WatchedKind.Root);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_is_looked_at_file_by_file_and_what_is_no_certificate_is_a_fault()
    {
        await using Site site = await Site.StartAsync();
        using var unseen = new MetricCollector<int>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.unseen_places");
        Directory.CreateDirectory(site["many"]);
        File.Move(WriteServer(site, "a.pem"), Path.Combine(site["many"], "a.pem"));
        await File.WriteAllTextAsync(Path.Combine(site["many"], "b.crt"), "nothing", Site.Token);
        await File.WriteAllTextAsync(Path.Combine(site["many"], "notes.txt"), "nothing", Site.Token);
        (WatchLoop loop, CertificateBoard board) = Loop(site, "many", site["many"]);
        await loop.LookAsync(Site.Token);
        Assert.Contains(board.Last.Certificates, one => one.Name is "many/a.pem");
        Assert.Contains("b.crt", Assert.Single(board.Last.Faults), StringComparison.Ordinal);
        unseen.RecordObservableInstruments();
        Assert.Equal(1, unseen.LastMeasurement!.Value);
        Assert.Single(site.Log.GetSnapshot(), record => record.Id.Id == 6332);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_gateways_own_certificates_are_watched_and_one_that_was_replaced_is_no_alarm()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        await site.UntilAsync(RenewalState.Overlap);
        (WatchLoop loop, CertificateBoard board) = Loop(site, "roots", site["roots.pem"]);
        site.Time.Advance(TimeSpan.FromDays(12));
        await loop.LookAsync(Site.Token);
        Assert.Contains(board.Last.Certificates, one => one is { Name: Surveyor.Identity, Kind: WatchedKind.Device, IsInUse: true });
        Assert.Contains(board.Last.Certificates, one => one is { Name: "identity-previous", IsInUse: false });
        Assert.DoesNotContain("CertificateEnding", site.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_ledger_that_cannot_be_written_is_counted()
    {
        await using Site site = await Site.StartAsync();
        using var faults = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.ledger_faults");
        Directory.CreateDirectory(site["ledger.json"] + ".new");
        (WatchLoop loop, _) = Loop(site, "plc", WriteServer(site, "plc.pem"));
        site.Time.Advance(TimeSpan.FromDays(31));
        await loop.LookAsync(Site.Token);
        Assert.Equal(1, faults.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Contains("CertificateExpired", site.Told);
    }

    [Fact]
    public void A_time_of_day_that_somebody_sets_is_a_jump_and_one_that_runs_is_not()
    {
        var time = new SteppedTime();
        var watch = new ClockWatch(TimeSpan.FromMinutes(5), time);
        time.Advance(TimeSpan.FromDays(3));
        Assert.False(watch.HasStepped(out _));
        time.Step = TimeSpan.FromMinutes(4);
        Assert.False(watch.HasStepped(out _));
        time.Step += TimeSpan.FromDays(400);
        Assert.True(watch.HasStepped(out TimeSpan step));
        Assert.Equal(TimeSpan.FromDays(400), step);
        Assert.False(watch.HasStepped(out _));
        time.Step = TimeSpan.Zero;
        Assert.True(watch.HasStepped(out step));
        Assert.True(step < TimeSpan.FromDays(-399));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_jump_is_told_each_time_and_a_clock_behind_once()
    {
        await using Site site = await Site.StartAsync();
        using var jumps = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.certificate.clock_jumps");
        WatchTale tale = Tale(site, new CertificateBoard());
        tale.ClockJumped(TimeSpan.FromDays(400));
        tale.ClockJumped(TimeSpan.FromDays(-400));
        tale.ClockBehind(TimeSpan.FromDays(3));
        tale.ClockBehind(TimeSpan.FromDays(3));
        tale.ClockBehind(behind: null);
        Assert.Equal(["ClockJump", "ClockJump", "ClockBehind"], site.Told);
        Assert.Equal(2, jumps.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, 0)]
    [InlineData(40, 1)]
    public async Task EdgeHubs_certificate_is_seen_in_a_handshake_even_if_it_has_expired(int daysLater, int faults)
    {
        await using Site site = await Site.StartAsync();
        using ServerCertificate server = site.Authority.IssueEdgeHubServer("127.0.0.1");
        site.Time.Advance(TimeSpan.FromDays(daysLater));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerAsync();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using EdgeEnvironment environment = EdgeEnvironment.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["EdgeHubConnectionString"] = $"HostName=hub.test;GatewayHostName=127.0.0.1:{port};DeviceId=edge-1;ModuleId=CertificateManager;SharedAccessKey={Convert.ToBase64String(new byte[32])}",
                ["EdgeModuleCACertificateFile"] = site["roots.pem"],
            },
            TimeProvider.System);
        var found = new List<WatchedCertificate>();
        var said = new List<string>();
        await new EdgeHubHandshake(environment, NoRevocationLists.Instance, site.Time).LookAsync(found, said.Add, Site.Token);
        await answering;
        Assert.Contains(found, one => one is { Name: "edgeHub", Kind: WatchedKind.Server, Subject: "CN=127.0.0.1" });
        Assert.Contains(found, one => one is { Name: "trust-bundle", Kind: WatchedKind.Root });
        Assert.Equal(faults, said.Count);

        async Task AnswerAsync()
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(Site.Token);
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(server.Leaf, server.Chain, offline: true) }, Site.Token);
                _ = await stream.ReadAsync(new byte[1], Site.Token);
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // Who does not trust us hangs up.
            }
        }
    }

    private static string WriteServer(Site site, string name)
    {
        using var certificate = site.Authority.Issue(new IssueOrder(CertificateProfile.ServerOnly, "press", TimeSpan.FromDays(30)) { Addresses = [IPAddress.Loopback] });
        File.WriteAllText(site[name], certificate.ExportCertificatePem());
        return site[name];
    }

    private static WatchTale Tale(Site site, CertificateBoard board) => new(
        new AlertLedger(site["ledger.json"]), site.Tell, new WatchMetrics(site.Meters, board, site.Time), site.Time, new FakeLogger<WatchTale>(site.Log));

    private static (WatchLoop Loop, CertificateBoard Board) Loop(Site site, string name, string path)
    {
        var board = new CertificateBoard();
        site.Plans.Replace(new CurrentPlan<CertificatePlan>.Edition(
            new CertificatePlan { RootsFile = site["roots.pem"], WatchesEdgeHub = false, Places = [new WatchedPlace(name, WatchedKind.Plc, path)] }, 2, "2"));
        var surveyor = new Surveyor(site.Status, null!, new RevocationStore(site.Time), site.Trust, new ApplicationStores(site.Meters, site.Time, NullLogger<ApplicationStores>.Instance));
        return (new WatchLoop(site.Plans, surveyor, board, Tale(site, board), site.Status, site.Time), board);
    }
}
