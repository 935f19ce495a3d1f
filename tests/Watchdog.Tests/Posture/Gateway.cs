using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub;
using Sallyport.Posture.Report;
using Sallyport.Simulator.Certificates;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Posture;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Posture;

/// <summary>The posture part of Watchdog with an edgeHub that shakes hands, a disk and a clock.</summary>
internal sealed class Gateway : IEventSink, IAsyncDisposable
{
    // The keys of an authority take their time.
    private static readonly Lazy<CertificateAuthority> Plant = new(NewAuthority);
    private static readonly Lazy<CertificateAuthority> Stranger = new(NewAuthority);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-posture-");
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ServerCertificate _certificate;
    private readonly EdgeEnvironment _environment;
    private readonly Task _serving;

    public Gateway(bool isImpostor = false)
    {
        _certificate = Plant.Value.IssueEdgeHubServer("localhost");
        _listener.Start();
        File.WriteAllText(this["roots.pem"], (isImpostor ? Stranger : Plant).Value.TrustBundlePem);
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _environment = EdgeEnvironment.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["EdgeHubConnectionString"] = $"HostName=hub.azure-devices.net;DeviceId=gw-1;ModuleId=Watchdog;SharedAccessKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))};GatewayHostName=localhost:{port}",
                ["EdgeModuleCACertificateFile"] = this["roots.pem"],
            },
            Time);
        Pages.Take([]);
        Metrics = new PostureMetrics(Meters, Time);
        Probe = new EdgeHubProbe(_environment, NoRevocationLists.Instance, Time);
        Twin = new PostureTwin(Hub, Metrics, new FakeLogger<PostureTwin>(Log));
        Loop = new PostureLoop(
            Plans,
            Pages,
            new PostureInspection(Probe, Pages, Configuration, _environment, Metrics, Time),
            new PostureTale(new ModuleEvents(this, new ModuleIdentity("gw-1", "Watchdog", "hub", "1"), Time), new FakeLogger<PostureTale>(Log)),
            Twin,
            Board,
            Time);
        Method = new RunPostureCheckMethod(Hub, Loop);
        _serving = ServeAsync();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public TestMeters Meters { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public PostureHub Hub { get; } = new();

    public StatusBoard Board { get; } = new();

    public HostConfiguration Configuration { get; } = new();

    public CurrentPlan<WatchdogPlan> Plans { get; } = new();

    public ConcurrentQueue<SecurityEvent> Raised { get; } = [];

    public LastPages Pages { get; } = new();

    public PostureMetrics Metrics { get; }

    public EdgeHubProbe Probe { get; }

    public PostureTwin Twin { get; }

    public PostureLoop Loop { get; }

    public RunPostureCheckMethod Method { get; }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Raise(SecurityEvent raised) => Raised.Enqueue(raised);

    public void Configure(PosturePlan? plan = null) => Plans.Replace(new CurrentPlan<WatchdogPlan>.Edition(
        new WatchdogPlan
        {
            Delivery = DeliveryPlan.Default,
            Annunciator = AnnunciatorPlan.Default,
            StatusPage = StatusPagePlan.Default,
            Posture = plan ?? new PosturePlan { ReportFile = this["report.json"] },
        },
        1,
        "1"));

    /// <summary>A report of now is there.</summary>
    public void Report(bool isSynchronised) => File.WriteAllBytes(this["report.json"], HostReportJson.Encode(NewReport(isSynchronised, Time.GetUtcNow())));

    /// <summary>A report in which nothing is known but the clock.</summary>
    public static HostReport NewReport(bool isSynchronised, DateTimeOffset at) => new()
    {
        Schema = HostReport.SchemaName,
        CollectedAt = at,
        Host = "gw-1",
        Collector = "0.1.0",
        Ssh = Section.Absent<SshFacts>("The host has no SSH daemon."),
        Accounts = Section.Unknown<AccountFacts>("?"),
        Firewall = Section.Unknown<FirewallFacts>("?"),
        Sockets = Section.Unknown<SocketFacts>("?"),
        Containers = Section.Unknown<ContainerFacts>("?"),
        Volumes = Section.Unknown<VolumeFacts>("?"),
        Kernel = Section.Unknown<KernelFacts>("?"),
        Clock = Section.Found(new ClockFacts(isSynchronised, "chrony")),
        Routes = Section.Unknown<RouteFacts>("?"),
        Secrets = Section.Unknown<SecretFacts>("?"),
        Runtime = Section.Unknown<RuntimeFacts>("?"),
        Storage = Section.Unknown<StorageFacts>("?"),
        Updates = Section.Unknown<UpdateFacts>("?"),
        Configuration = Section.Found(new ConfigurationFacts([new ConfigurationDigest("edge-daemon", "absent")])),
    };

    /// <summary>edgeHub is gone.</summary>
    public async Task HangUpAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        _listener.Dispose();
        Loop.Dispose();
        _environment.Dispose();
        _certificate.Dispose();
        Meters.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private static CertificateAuthority NewAuthority() => new(TimeProvider.System, new Uri("http://127.0.0.1:1/"));

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(_certificate.Leaf, _certificate.Chain, offline: true) },
                    _stop.Token);
                _ = await stream.ReadAsync(new byte[1], _stop.Token);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client refuses us, or the test is over.
            }
        }
    }
}
