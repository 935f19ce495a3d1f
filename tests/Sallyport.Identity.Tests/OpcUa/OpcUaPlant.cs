using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.OpcUa;
using Sallyport.Identity.Revocation;
using Sallyport.Identity.Tests.Issuing;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.OpcUa;

/// <summary>A plant with the stores of an OPC UA application in a folder.</summary>
internal sealed class OpcUaPlant : IDisposable
{
    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opcua-");
    private readonly RevocationStore _revocation;

    public OpcUaPlant()
    {
        Stores = new OpcUaStores(_folder.FullName, Meters);
        _revocation = new RevocationStore(Plant.Time);
        _revocation.Watch(Plant.Root);
        _revocation.Offer(RootList(1));
        Authorities = new AuthorityDistribution(Stores, [Plant.Root], _revocation, Plant.Time);
    }

    public Plant Plant { get; } = new();

    public TestMeters Meters { get; } = new();

    public OpcUaStores Stores { get; }

    public AuthorityDistribution Authorities { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public X509Certificate2 Application(string name = "publisher", string uri = "urn:plant:publisher") => Plant.Issued(Plant.IssuingAuthority.Issue(
        Plant.RequestOf(Key.Value, name),
        new IssueOrder(CertificateProfile.OpcUaApplication, name, TimeSpan.FromDays(365)) { DnsNames = ["publisher.example"], Uris = [uri] }));

    public RevocationList RootList(int number, params X509Certificate2[] revoked) => List(Plant.RootAuthority, number, revoked);

    public RevocationList IssuingList(int number, params X509Certificate2[] revoked) => List(Plant.IssuingAuthority, number, revoked);

    public void RevokeIssuing() => Assert.IsType<RevocationListOutcome.Accepted>(_revocation.Offer(RootList(2, Plant.Issuing)));

    /// <summary>Every file in the stores, by its path below the folder.</summary>
    public string[] Files() =>
        [.. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder.FullName, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _revocation.Dispose();
        Plant.Dispose();
        Meters.Dispose();
        _folder.Delete(recursive: true);
    }

    private RevocationList List(SigningAuthority authority, int number, X509Certificate2[] revoked)
    {
        byte[] der = authority.RevocationList(
            revoked.Select(one => new RevokedCertificate(one.SerialNumber, Plant.Time.GetUtcNow(), X509RevocationReason.KeyCompromise)), new BigInteger(number), TimeSpan.FromDays(7));
        return RevocationList.TryRead(der, out RevocationList? list, out string reason) ? list : throw new InvalidOperationException(reason);
    }
}
