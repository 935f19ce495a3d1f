using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Identity.OpcUa;

namespace Sallyport.Identity.Tests.OpcUa;

public sealed class OpcUaStoresTests : IDisposable
{
    private readonly OpcUaPlant _plant = new();
    private readonly MetricCollector<long> _removed;

    public OpcUaStoresTests() => _removed = new MetricCollector<long>(_plant.Meters, "Sallyport.Identity", "sallyport.opcua.certificates_removed");

    public void Dispose()
    {
        _removed.Dispose();
        _plant.Dispose();
    }

    [Fact]
    public async Task A_trusted_certificate_lies_where_and_as_the_publisher_looks_for_it()
    {
        X509Certificate2 application = _plant.Application();
        Assert.Equal(new TrustOutcome.Done(1, 0), await _plant.Stores.TrustAsync(application, null, OpcUaPlant.Stop));
        string name = $"trusted/certs/publisher [{application.Thumbprint}].der";
        Assert.Equal(name, Assert.Single(_plant.Files()));
        StoredCertificate stored = Assert.Single(_plant.Stores.List(OpcUaStore.Trusted).Certificates);
        Assert.Equal("urn:plant:publisher", stored.Application);
        Assert.Equal(application.NotAfter.ToUniversalTime(), stored.NotAfter.UtcDateTime);
        Assert.Equal(application.RawData, await File.ReadAllBytesAsync(stored.Path, OpcUaPlant.Stop));
        Assert.True(File.GetUnixFileMode(stored.Path).HasFlag(UnixFileMode.GroupRead), "The application is another user.");
    }

    [Fact]
    public async Task Both_certificates_are_trusted_during_the_overlap_and_the_old_one_goes_after_it()
    {
        X509Certificate2 old = _plant.Application();
        X509Certificate2 renewed = _plant.Application();
        X509Certificate2 other = _plant.Application("server", "urn:plant:server");
        await _plant.Stores.TrustAsync(other, null, OpcUaPlant.Stop);
        await _plant.Stores.TrustAsync(old, null, OpcUaPlant.Stop);
        Assert.Equal(new TrustOutcome.Done(1, 0), await _plant.Stores.TrustAsync(renewed, old, OpcUaPlant.Stop));
        Assert.Equal(Sorted(old, renewed, other), Trusted());
        Assert.Equal(new TrustOutcome.Done(0, 0), await _plant.Stores.TrustAsync(renewed, old, OpcUaPlant.Stop));
        Assert.Equal(new TrustOutcome.Done(0, 1), await _plant.Stores.TrustAsync(renewed, null, OpcUaPlant.Stop));
        Assert.Equal(Sorted(renewed, other), Trusted());
        Assert.Equal(1, Sum("replaced"));
    }

    [Fact]
    public async Task What_is_no_application_or_another_one_is_refused_and_changes_nothing()
    {
        Assert.Contains("no application URI", Reason(await _plant.Stores.TrustAsync(_plant.Plant.Issuing, null, OpcUaPlant.Stop)), StringComparison.Ordinal);
        TrustOutcome another = await _plant.Stores.TrustAsync(_plant.Application(), _plant.Application("server", "urn:plant:server"), OpcUaPlant.Stop);
        Assert.Contains("cannot be the one before", Reason(another), StringComparison.Ordinal);
        Assert.Empty(_plant.Files());
    }

    [Fact]
    public async Task A_name_cannot_leave_the_folder()
    {
        X509Certificate2 application = _plant.Application("../../own/private: \"x\"");
        await _plant.Stores.TrustAsync(application, null, OpcUaPlant.Stop);
        Assert.Equal($"trusted/certs/..+..+own+private+ +x+ [{application.Thumbprint}].der", Assert.Single(_plant.Files()));
    }

    [Fact]
    public async Task Files_that_are_no_certificates_are_named_and_private_keys_are_not_looked_at()
    {
        X509Certificate2 application = _plant.Application();
        string own = _plant.Stores.CertificatesOf(OpcUaStore.Own);
        Directory.CreateDirectory(own);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(own)!, "private"));
        await File.WriteAllBytesAsync(Path.Combine(own, "publisher.der"), application.RawData, OpcUaPlant.Stop);
        await File.WriteAllTextAsync(Path.Combine(own, "broken.der"), "no certificate", OpcUaPlant.Stop);
        await File.WriteAllBytesAsync(Path.Combine(own, "large.crt"), new byte[20_000], OpcUaPlant.Stop);
        await File.WriteAllTextAsync(Path.Combine(own, "publisher.der.new"), "half", OpcUaPlant.Stop);
        await File.WriteAllTextAsync(Path.Combine(own, "..", "private", "publisher.pfx"), "a key", OpcUaPlant.Stop);
        StoreListing listing = _plant.Stores.List(OpcUaStore.Own);
        Assert.Equal(application.Thumbprint, Assert.Single(listing.Certificates).Thumbprint);
        Assert.Equal(["broken.der", "large.crt"], listing.Unreadable.Select(Path.GetFileName));
        Assert.Empty(_plant.Stores.List(OpcUaStore.Issuer).Certificates);
    }

    [Fact]
    public async Task The_rejected_folder_keeps_the_newest_and_counts_what_went()
    {
        Assert.Equal(0, _plant.Stores.CapRejected(3));
        string folder = _plant.Stores.CertificatesOf(OpcUaStore.Rejected);
        Directory.CreateDirectory(folder);
        for (int index = 0; index < 10; index++)
        {
            string path = Path.Combine(folder, $"{index}.der");
            await File.WriteAllTextAsync(path, "x", OpcUaPlant.Stop);
            File.SetLastWriteTimeUtc(path, _plant.Plant.Time.GetUtcNow().UtcDateTime.AddMinutes(index));
        }

        Assert.Equal(7, _plant.Stores.CapRejected(3));
        Assert.Equal(["rejected/certs/7.der", "rejected/certs/8.der", "rejected/certs/9.der"], _plant.Files());
        Assert.Equal(0, _plant.Stores.CapRejected(3));
        Assert.Equal(7, Sum("rejected-full"));
    }

    private static string Reason(TrustOutcome outcome) => Assert.IsType<TrustOutcome.Refused>(outcome).Reason;

    private static string[] Sorted(params X509Certificate2[] certificates) => [.. certificates.Select(one => one.Thumbprint).Order(StringComparer.Ordinal)];

    private string[] Trusted() => [.. _plant.Stores.List(OpcUaStore.Trusted).Certificates.Select(one => one.Thumbprint).Order(StringComparer.Ordinal)];

    private long Sum(string reason) => _removed.GetMeasurementSnapshot().Where(one => Equals(one.Tags["reason"], reason)).Sum(one => one.Value);
}
