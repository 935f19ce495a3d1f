using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Trust;
using Sallyport.TestKit;

namespace Sallyport.CertificateManager.Tests;

/// <summary>OPC UA applications of the box that trust each other while one of them renews its certificate.</summary>
public sealed class ApplicationStoresTests : IDisposable
{
    private const string Publisher = "urn:plant:publisher";
    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-stores-");
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly FakeLogger<ApplicationStores> _log = new();
    private readonly TestMeters _meters = new();
    private readonly ApplicationStores _stores;

    public ApplicationStoresTests() => _stores = new ApplicationStores(_meters, _time, _log);

    public void Dispose()
    {
        _meters.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_application_that_renews_its_certificate_is_trusted_with_both_for_the_overlap_and_then_with_the_new_one_alone()
    {
        X509Certificate2 old = PutOwn("publisher", Publisher);
        await KeepUpAsync();
        Assert.Equal([old.Thumbprint], Trusted("server"));

        // It replaces what is in its own store, as OPC Publisher does.
        _time.Advance(TimeSpan.FromHours(1));
        Directory.Delete(Path.Combine(_folder.FullName, "publisher", "own"), recursive: true);
        X509Certificate2 young = PutOwn("publisher", Publisher);
        await KeepUpAsync();
        Assert.Equal(new[] { old.Thumbprint, young.Thumbprint }.Order(StringComparer.Ordinal), Trusted("server"));
        await KeepUpAsync();
        _time.Advance(TimeSpan.FromDays(6));
        await KeepUpAsync();
        Assert.Equal(2, Trusted("server").Length);

        _time.Advance(TimeSpan.FromDays(2));
        await KeepUpAsync();
        Assert.Equal([young.Thumbprint], Trusted("server"));
        Assert.Equal([6352, 6352, 6352], _log.Collector.GetSnapshot().Select(record => record.Id.Id));
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "publisher", "trusted")));
    }

    [Fact]
    public async Task A_certificate_of_another_application_or_one_that_has_expired_stays_out()
    {
        X509Certificate2 other = Put("server", "trusted", "urn:plant:other", days: 30);
        Put("publisher", "own", Publisher, days: 1);
        _time.Advance(TimeSpan.FromDays(2));
        await KeepUpAsync();
        Assert.Equal([other.Thumbprint], Trusted("server"));
        PutOwn("publisher", Publisher);
        await KeepUpAsync();
        Assert.Equal(2, Trusted("server").Length);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_a_fault_and_the_others_are_kept_up()
    {
        PutOwn("publisher", Publisher);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "broken")).FullName, "trusted"), "", Site.Token);
        var faults = new List<string>();
        await _stores.KeepUpAsync(Plan(new OpcUaStore("broken", Path.Combine(_folder.FullName, "broken")) { Trusts = ["publisher"] }), faults.Add, Site.Token);
        Assert.StartsWith("the OPC UA store broken cannot be kept up", Assert.Single(faults), StringComparison.Ordinal);
        Assert.Single(Trusted("server"));
    }

    [Fact]
    public async Task Rejected_certificates_of_strangers_do_not_fill_the_disk()
    {
        DirectoryInfo rejected = _folder.CreateSubdirectory("publisher/rejected/certs");
        for (var file = 0; file < 70; file++)
        {
            await File.WriteAllTextAsync(Path.Combine(rejected.FullName, $"{file}.der"), "", Site.Token);
        }

        await KeepUpAsync();
        Assert.Equal(64, rejected.GetFiles().Length);
    }

    private Task KeepUpAsync() => _stores.KeepUpAsync(Plan(), Assert.Fail, Site.Token);

    private CertificatePlan Plan(params OpcUaStore[] further) => new()
    {
        Stores =
        [
            .. further,
            new OpcUaStore("publisher", Path.Combine(_folder.FullName, "publisher")),
            new OpcUaStore("server", Path.Combine(_folder.FullName, "server")) { Trusts = ["publisher"] },
        ],
    };

    private X509Certificate2 PutOwn(string store, string application) => Put(store, "own", application, days: 365);

    // OPC Publisher signs its own certificate itself unless it was given one.
    private X509Certificate2 Put(string store, string part, string application, int days)
    {
        var request = new CertificateRequest("CN=application", Key.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(application));
        names.AddDnsName("gateway");
        request.CertificateExtensions.Add(names.Build());
        X509Certificate2 certificate = request.CreateSelfSigned(_time.GetUtcNow().AddMinutes(-5), _time.GetUtcNow().AddDays(days));
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, store, part, "certs")).FullName;
        File.WriteAllBytes(Path.Combine(folder, $"{certificate.Thumbprint}.der"), certificate.RawData);
        return certificate;
    }

    private string[] Trusted(string store) =>
    [
        .. new DirectoryInfo(Path.Combine(_folder.FullName, store, "trusted", "certs")).GetFiles()
            .Select(file => X509CertificateLoader.LoadCertificateFromFile(file.FullName).Thumbprint)
            .Order(StringComparer.Ordinal),
    ];
}
