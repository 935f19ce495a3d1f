using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Est;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Tests.Est;

/// <summary>An enrolment server, a key in a file, and our client.</summary>
internal sealed class EnrolmentHarness : IAsyncDisposable
{
    public const string DeviceId = "gw-0001";
    private const int Port = 8443;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-est-");
    private readonly SimulationAddresses _addresses = SimulationAddresses.Reserve();
    private readonly RevocationStore _lists = new(TimeProvider.System);

    private EnrolmentHarness()
    {
        Authority = new CertificateAuthority(TimeProvider.System, _addresses.RevocationLists);
        Keys = new FileKeyProvider(Path.Combine(_folder.FullName, "keys"));
        Bootstrap = Authority.Issue(new IssueOrder(CertificateProfile.Bootstrap, DeviceId, TimeSpan.FromDays(3000)));
        _lists.Watch(Authority.Root);
        _lists.Watch(Authority.Issuing);
    }

    public CertificateAuthority Authority { get; }

    public FileKeyProvider Keys { get; }

    /// <summary>The factory's certificate.</summary>
    public X509Certificate2 Bootstrap { get; set; }

    public EnrolmentServer Server { get; private set; } = null!;

    public Uri Address => new($"https://{_addresses.Provisioning}:{Port}/.well-known/est");

    public Uri OpenAddress => new($"https://{_addresses.Provisioning}:{Port + 1}/.well-known/est");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public static async Task<EnrolmentHarness> StartAsync()
    {
        var harness = new EnrolmentHarness();
        harness.Server = await EnrolmentServer.StartAsync(
            harness.Authority, harness._addresses.Provisioning, Port, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        return harness;
    }

    public EstClient ClientOf(Uri address, X509Certificate2? root = null)
    {
        foreach (Func<byte[]> list in Authority.RevocationLists.Values)
        {
            Assert.True(RevocationList.TryRead(list(), out RevocationList? read, out string reason), reason);
            _lists.Offer(read);
        }

        X509Certificate2Collection roots = [root ?? Authority.Root];
        return new EstClient(address, roots, new CertificateValidator(LinkProfile.EstServer, roots, TimeProvider.System) { Revocation = _lists }, TimeProvider.System);
    }

    public EstCredential CredentialOf(X509Certificate2 certificate) => new(SslStreamCertificateContext.Create(certificate, [Authority.Issuing], offline: true));

    public async Task<IDeviceKey> KeyAsync(DeviceKeySlot slot) =>
        Assert.IsType<KeyOpening.Opened>(await Keys.CreateAsync(slot, TestContext.Current.CancellationToken)).Key;

    /// <summary>Asks with the factory's certificate.</summary>
    public Task<EstOutcome> EnrolAsync(IDeviceKey key, string deviceId = DeviceId) => ClientOf(Address).AskAsync(
        EstOperation.Enrol,
        CredentialOf(Bootstrap),
        challenge => EnrolmentRequest.Make(key, new X500DistinguishedName($"CN={deviceId}"), deviceId, challenge),
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Keys.Dispose();
        Bootstrap.Dispose();
        Authority.Dispose();
        _lists.Dispose();
        _addresses.Dispose();
        _folder.Delete(recursive: true);
    }
}
