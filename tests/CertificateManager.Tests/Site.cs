using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Trust;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Est;
using Sallyport.Simulator.Network;
using Sallyport.TestKit;

namespace Sallyport.CertificateManager.Tests;

/// <summary>A plant with an authority and an enrolment server, and a gateway with its disk.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string DeviceId = "gw-0001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-certificates-");
    private readonly SimulationAddresses _addresses = SimulationAddresses.Reserve();

    private Site()
    {
        Authority = new CertificateAuthority(Time, _addresses.RevocationLists);
        Metrics = new RenewalMetrics(Meters, Status);
        File.WriteAllText(this["roots.pem"], Authority.TrustBundlePem);
        using X509Certificate2 factory = Authority.Issue(new IssueOrder(CertificateProfile.Bootstrap, DeviceId, TimeSpan.FromDays(3000)));
        using ECDsa key = factory.GetECDsaPrivateKey()!;
        File.WriteAllText(this["factory.pem"], factory.ExportCertificatePem() + "\n" + Authority.Issuing.ExportCertificatePem());
        File.WriteAllText(this["factory.key"], key.ExportPkcs8PrivateKeyPem());
        Plan = new EnrolmentPlan(DeviceId, _addresses.Enrolment, this["roots.pem"]) { Bootstrap = new BootstrapFiles(this["factory.pem"], this["factory.key"]), Revocation = RevocationPolicy.NonePublished.Instance };
    }

    public SimulationAddresses Addresses => _addresses;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public CertificateAuthority Authority { get; }

    public EnrolmentServer Server { get; private set; } = null!;

    public EnrolmentPlan Plan { get; set; }

    public RecordedEvents Events { get; } = new();

    public TestMeters Meters { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public RenewalStatus Status { get; } = new();

    public RenewalMetrics Metrics { get; }

    public RenewalOrders Orders { get; } = new();

    public CurrentPlan<CertificatePlan> Plans { get; } = new();

    public RenewalLoop Loop { get; private set; } = null!;

    public StoppedLifetime Lifetime { get; } = new();

    public IdentityKeys? Keys { get; private set; }

    public TrustFolder Trust => new(this["trust"]);

    public RenewalJournal Journal => Status.Journal!;

    public ModuleEvents Tell => new(Events, new ModuleIdentity("edge-1", "CertificateManager", "hub", "1"), Time);

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public static async Task<Site> StartAsync()
    {
        var site = new Site();
        site.Server = await EnrolmentServer.StartAsync(
            site.Authority, site._addresses.Provisioning, SimulationAddresses.EnrolmentPort, site.Time, NullLoggerFactory.Instance, Token);
        site.Restart();
        return site;
    }

    /// <summary>A new process over the same disk.</summary>
    /// <param name="hasKeys">False for a module without keys.</param>
    /// <param name="keys">Where they are; in files if left out.</param>
    public void Restart(bool hasKeys = true, IDeviceKeyProvider? keys = null)
    {
        Loop?.Dispose();
        Keys?.Dispose();
        (Status.Journal, Status.Trouble) = (null, "");
        Keys = new IdentityKeys(hasKeys ? new DeviceKeyPlan([keys ?? new FileKeyProvider(this["keys"])], RequiresHardware: false) : null, new KeyProbe(TimeProvider.System));
        Plans.Replace(new CurrentPlan<CertificatePlan>.Edition(new CertificatePlan { Enrolment = Plan, RootsFile = Plan.RootsFile, WatchesEdgeHub = false }, 1, "1"));
        Loop = new RenewalLoop(
            Plans,
            new JournalFile(this["identity"]),
            Keys,
            new EnrolmentWork(NoRevocationLists.Instance, Time, NullLogger<EnrolmentWork>.Instance),
            Trust,
            Orders,
            Status,
            new RenewalTale(Tell, Metrics, Time, new FakeLogger<RenewalTale>(Log)),
            Metrics,
            Lifetime,
            Time,
            new FakeLogger<RenewalLoop>(Log));
    }

    public Task<TimeSpan> TurnAsync() => Loop.TurnAsync(Plan, Token);

    /// <summary>Steps until a state; the clock moves on where a step has to wait.</summary>
    public async Task UntilAsync(RenewalState wanted)
    {
        for (var turn = 0; turn < 60_000; turn++)
        {
            TimeSpan pause = await TurnAsync();
            if (Status.Journal?.State == wanted)
            {
                return;
            }

            if (pause > TimeSpan.Zero)
            {
                Assert.Equal("", Status.Trouble);

                // Weeks pass there, and each turn reads files.
                Time.Advance(Status.Journal?.State is RenewalState.Idle or RenewalState.Overlap ? TimeSpan.FromHours(4) : TimeSpan.FromMinutes(30));
            }
        }

        Assert.Fail($"{Journal.State}: {Journal.Reason}");
    }

    /// <summary>The types of the events so far.</summary>
    public ImmutableArray<string> Told => [.. Events.Raised.Select(raised => raised.EventType)];

    public async ValueTask DisposeAsync()
    {
        Loop.Dispose();
        Keys?.Dispose();
        await Server.DisposeAsync();
        Authority.Dispose();
        _addresses.Dispose();
        Meters.Dispose();
        _folder.Delete(recursive: true);
    }
}
