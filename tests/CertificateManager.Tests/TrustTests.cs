using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Methods;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Trust;
using Sallyport.Hosting;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub;
using Sallyport.Simulator.Certificates;

namespace Sallyport.CertificateManager.Tests;

public sealed class TrustTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_new_root_is_taken_with_its_digest_only()
    {
        await using Site site = await Site.StartAsync();
        using var updates = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.trust.updates");
        using UpdateTrustMethod method = Method(site);
        using var other = new CertificateAuthority(site.Time, new Uri("http://127.0.0.1/"));
        var pem = JsonEncodedText.Encode(other.Root.ExportCertificatePem());
        var digest = other.Root.GetCertHashString(HashAlgorithmName.SHA256);
        (var status, var answer) = await CallAsync(method, $$"""{"roots":[{"certificate":"{{pem}}"}]}""");
        Assert.Equal(409, status);
        Assert.Contains(digest, answer, StringComparison.Ordinal);
        (status, _) = await CallAsync(method, $$"""{"roots":[{"certificate":"{{pem}}","confirm":"{{new string('0', 64)}}"}]}""");
        Assert.Equal(409, status);
        Assert.False(Directory.Exists(site["trust"]));

        (status, answer) = await CallAsync(method, $$"""{"roots":[{"certificate":"{{Convert.ToBase64String(other.Root.RawData)}}","confirm":"{{digest}}"}]}""");
        Assert.Equal((200, """{"roots":1,"crls":0}"""), (status, answer));
        Assert.True(PinnedRoots.TryRead(site["roots.pem"], site.Trust, out PinnedRoots? roots, out _));
        Assert.Equal([site.Authority.Root.Thumbprint, other.Root.Thumbprint], roots!.Certificates.Select(one => one.Thumbprint));
        Assert.True(File.Exists(Path.Combine(site["pki"], "trusted", "certs", $"{digest}.der")));
        Assert.Equal(["TrustUpdateRefused", "TrustUpdateRefused", "TrustUpdated"], site.Told);
        Assert.Equal(1, updates.GetMeasurementSnapshot().Where(one => one.Tags["outcome"] is "stored").EvaluateAsCounter());
        Assert.Equal(2, updates.GetMeasurementSnapshot().Where(one => one.Tags["outcome"] is "refused").EvaluateAsCounter());
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_a_root_is_refused_whatever_is_confirmed()
    {
        await using Site site = await Site.StartAsync();
        using UpdateTrustMethod method = Method(site);
        foreach (X509Certificate2 bad in (X509Certificate2[])[site.Authority.Issuing, site.Authority.IssueClient("gw-0001"), SelfSigned(isAuthority: false)])
        {
            var digest = bad.GetCertHashString(HashAlgorithmName.SHA256);
            (var status, var answer) = await CallAsync(method, $$"""{"roots":[{"certificate":"{{Convert.ToBase64String(bad.RawData)}}","confirm":"{{digest}}"}]}""");
            Assert.True(status == 422, answer);
        }

        Assert.False(Directory.Exists(site["trust"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_list_must_be_of_an_authority_that_is_known_and_is_never_replaced_by_an_older_one()
    {
        await using Site site = await Site.StartAsync();
        using UpdateTrustMethod method = Method(site);
        using var other = new CertificateAuthority(site.Time, new Uri("http://127.0.0.1/"));
        byte[] old = ListOf(site.Authority, site.Authority.Issuing);
        Assert.Equal(422, (await CallAsync(method, Lists(old))).Status);

        // The issuing authority is known from the gateway's own chain.
        await site.UntilAsync(RenewalState.Idle);
        Assert.Equal(200, (await CallAsync(method, Lists(old))).Status);
        site.Time.Advance(TimeSpan.FromHours(1));
        using X509Certificate2 stolen = site.Authority.IssueClient("stolen");
        site.Authority.Revoke(stolen);
        byte[] young = ListOf(site.Authority, site.Authority.Issuing);
        Assert.Equal(422, (await CallAsync(method, Lists(young, ListOf(other, other.Root)))).Status);
        Assert.Equal(old, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(site["trust"], "crl"))), Site.Token));
        Assert.Equal(200, (await CallAsync(method, Lists(young))).Status);
        Assert.Equal(422, (await CallAsync(method, Lists(old))).Status);
        Assert.Equal(young, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(site["trust"], "crl"))), Site.Token));
        foreach (var part in (string[])["trusted", "issuer"])
        {
            Assert.Equal(young, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(site["pki"], part, "crl"))), Site.Token));
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("x", "not JSON")]
    [InlineData("{}", "neither roots nor crls")]
    [InlineData("""{"crls":["!"]}""", "/crls/0")]
    [InlineData("""{"crls":["AAAA"]}""", "/crls/0")]
    [InlineData("""{"roots":[{"confirm":"00"}]}""", "/roots/0/certificate")]
    [InlineData("""{"roots":[{"certificate":"AAAA"}]}""", "/roots/0/certificate")]
    [InlineData("""{"root":[]}""", "/root")]
    public async Task A_payload_that_is_wrong_is_refused_with_its_place(string payload, string reason)
    {
        await using Site site = await Site.StartAsync();
        using UpdateTrustMethod method = Method(site);
        (var status, var answer) = await CallAsync(method, payload);
        Assert.Equal(400, status);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
    }

    private static string Lists(params byte[][] lists) => $$"""{"crls":[{{string.Join(',', lists.Select(list => $"\"{Convert.ToBase64String(list)}\""))}}]}""";

    private static byte[] ListOf(CertificateAuthority authority, X509Certificate2 issuer) => authority.RevocationLists.Values
        .Select(make => make())
        .First(list => list.AsSpan().IndexOf(issuer.SubjectName.RawData) >= 0);

    private static X509Certificate2 SelfSigned(bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private static UpdateTrustMethod Method(Site site)
    {
        site.Plans.Replace(new CurrentPlan<CertificatePlan>.Edition(
            new CertificatePlan { Enrolment = site.Plan, RootsFile = site["roots.pem"], Stores = [new OpcUaStore("publisher", site["pki"])] }, 2, "2"));
        return new UpdateTrustMethod(
            site.Plans, new TrustUpdate(site.Trust, site.Status, site.Time), new TrustMetrics(site.Meters), site.Tell, new FakeLogger<UpdateTrustMethod>(site.Log));
    }

    private static async Task<(int Status, string Answer)> CallAsync(UpdateTrustMethod method, string payload)
    {
        MethodResponse answer = await method.AnswerAsync(new MethodRequest(UpdateTrustMethod.Method, Encoding.UTF8.GetBytes(payload)), Site.Token);
        return (answer.Status, Encoding.UTF8.GetString(answer.Payload.Span));
    }
}
