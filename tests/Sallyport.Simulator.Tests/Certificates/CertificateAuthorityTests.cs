using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Certificates;

public sealed class CertificateAuthorityTests : IDisposable
{
    private const string AlternativeNames = "2.5.29.17";
    private const string EnhancedKeyUsage = "2.5.29.37";

    private readonly ObservedTime _time = new();
    private readonly CertificateAuthority _authority;

    public CertificateAuthorityTests() => _authority = new CertificateAuthority(_time, new Uri("http://127.9.9.2:8081/"));

    [Fact]
    public void The_edgeHub_certificate_has_the_shape_that_the_Edge_daemon_issues()
    {
        using ServerCertificate server = _authority.IssueEdgeHubServer("gateway.local");

        Assert.Equal("CN=gateway.local", server.Leaf.Subject);
        using RSA key = server.Leaf.GetRSAPublicKey()!;
        Assert.Equal(2048, key.KeySize);
        Assert.Equal(
            [AlternativeNames, EnhancedKeyUsage], server.Leaf.Extensions.Select(one => one.Oid!.Value!).Order(StringComparer.Ordinal));
        Assert.Equal(["gateway.local", "edgeHub"], Names(server.Leaf).EnumerateDnsNames());
        Assert.True(server.Leaf.MatchesHostname("gateway.local", allowWildcards: false, allowCommonName: false));
    }

    [Fact]
    public void An_address_becomes_an_address_in_the_certificate()
    {
        using ServerCertificate server = _authority.IssueEdgeHubServer("127.9.9.1");

        Assert.Equal("127.9.9.1", Names(server.Leaf).EnumerateIPAddresses().Single().ToString());
        Assert.Equal(["edgeHub"], Names(server.Leaf).EnumerateDnsNames());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_server_presents_leads_to_the_root(bool isEdgeHub)
    {
        using ServerCertificate server = isEdgeHub ? _authority.IssueEdgeHubServer("a.example") : _authority.IssueServer("a.example");
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(_authority.TrustBundlePem);
        chain.ChainPolicy.ExtraStore.AddRange(server.Chain);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        Assert.True(chain.Build(server.Leaf), string.Join(", ", chain.ChainStatus.Select(status => status.Status)));
        Assert.Equal(server.Chain.Count + 2, chain.ChainElements.Count);
    }

    [Fact]
    public void No_certificate_outlives_its_issuer()
    {
        _time.Advance(TimeSpan.FromDays(80));
        using ServerCertificate server = _authority.IssueEdgeHubServer("a.example");
        using X509Certificate2 device = _authority.IssueClient("device-1", TimeSpan.FromDays(10_000));

        Assert.True(server.Leaf.NotAfter < _authority.EdgeDevice.NotAfter);
        Assert.True(device.NotAfter < _authority.Issuing.NotAfter);
        Assert.Equal("CN=device-1", device.Subject);
        Assert.True(device.HasPrivateKey);
    }

    [Fact(Timeout = 60_000)]
    public async Task Revocation_lists_are_served_where_certificates_point_and_name_what_was_revoked()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using SimulationAddresses addresses = SimulationAddresses.Reserve();
        using var authority = new CertificateAuthority(TimeProvider.System, addresses.RevocationLists);
        await using RevocationListEndpoint endpoint = await RevocationListEndpoint.StartAsync(
            authority, addresses.IotHub, SimulationAddresses.RevocationListPort, new EventLog(), cancel);
        using ServerCertificate good = authority.IssueServer("good.example");
        using ServerCertificate bad = authority.IssueServer("bad.example");

        authority.Revoke(bad.Leaf);

        using var client = new HttpClient();
        foreach (string name in authority.RevocationLists.Keys)
        {
            byte[] list = await client.GetByteArrayAsync(new Uri(addresses.RevocationLists, name), cancel);
            var read = CertificateRevocationListBuilder.Load(list, out System.Numerics.BigInteger number);
            Assert.True(number > 0);
            Assert.Equal(
                authority.Issuing.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!
                    .Equals(Path.GetFileNameWithoutExtension(name), StringComparison.OrdinalIgnoreCase),
                read.RemoveEntry(bad.Leaf.SerialNumberBytes.Span));
            Assert.False(read.RemoveEntry(good.Leaf.SerialNumberBytes.Span));
        }

        using HttpResponseMessage other = await client.GetAsync(new Uri(addresses.RevocationLists, "other.crl"), cancel);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, other.StatusCode);
    }

    public void Dispose() => _authority.Dispose();

    private static X509SubjectAlternativeNameExtension Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
}
