using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Est;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Est;

/// <summary>Our client against the simulated enrolment server; strongSwan's client says whether the server is one.</summary>
public sealed class EnrolmentServerTests
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task A_gateway_enrols_with_the_factorys_certificate_and_again_with_the_present_one()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        IDeviceKey first = await est.KeyAsync(DeviceKeySlot.IdentityA);
        using X509Certificate2 present = LeafOf(await est.EnrolAsync(first), first);
        Assert.Equal(EnrolmentHarness.DeviceId, DeviceName.Of(present));

        IDeviceKey second = await est.KeyAsync(DeviceKeySlot.IdentityB);
        using X509Certificate2 bound = Assert.IsType<KeyUse<X509Certificate2>.Done>(first.Bind(present)).Result;
        EstOutcome again = await est.ClientOf(est.Address).AskAsync(
            EstOperation.Reenrol,
            est.CredentialOf(bound) with { TakeTurn = first.TakeTurnAsync },
            challenge => EnrolmentRequest.Make(second, present.SubjectName, EnrolmentHarness.DeviceId, challenge),
            TestContext.Current.CancellationToken);
        using X509Certificate2 next = LeafOf(again, second);
        Assert.Equal(present.Subject, next.Subject);
        Assert.Equal(2, est.Server.Issued.Count);
    }

    [Fact(Timeout = Limit)]
    public async Task A_request_is_bound_to_its_connection_where_that_is_demanded()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        est.Server.Manners = new EnrolmentManners { DemandsBinding = true, IsOld = true };
        IDeviceKey key = await est.KeyAsync(DeviceKeySlot.IdentityA);
        using X509Certificate2 certificate = LeafOf(await est.EnrolAsync(key), key);

        // Bound to nothing, or to another connection.
        foreach (string challenge in (string[])["", "AAAAAAAAAAAAAAAA"])
        {
            EstOutcome refused = await est.ClientOf(est.Address).AskAsync(
                EstOperation.Enrol,
                est.CredentialOf(est.Bootstrap),
                _ => EnrolmentRequest.Make(key, new X500DistinguishedName($"CN={EnrolmentHarness.DeviceId}"), EnrolmentHarness.DeviceId, challenge),
                TestContext.Current.CancellationToken);
            Assert.Contains("not bound", Assert.IsType<EstOutcome.Unauthorized>(refused).Reason, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Approval_takes_its_time_and_the_same_key_is_certified_then()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        est.Server.Manners = new EnrolmentManners { ApprovalTakes = TimeSpan.FromMinutes(30) };
        IDeviceKey key = await est.KeyAsync(DeviceKeySlot.IdentityA);
        Assert.InRange(Assert.IsType<EstOutcome.Pending>(await est.EnrolAsync(key)).RetryAfter, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        est.Server.Manners = new EnrolmentManners();
        LeafOf(await est.EnrolAsync(key), key).Dispose();
    }

    [Theory(Timeout = Limit)]
    [InlineData(302, typeof(EstOutcome.Refused), "points to another place")]
    [InlineData(400, typeof(EstOutcome.Refused), "refuses the request")]
    [InlineData(403, typeof(EstOutcome.Unauthorized), "does not let us enrol")]
    [InlineData(503, typeof(EstOutcome.Unreachable), "cannot answer now")]
    public async Task Each_status_is_told_for_what_it_is(int status, Type kind, string words)
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        IDeviceKey key = await est.KeyAsync(DeviceKeySlot.IdentityA);
        est.Server.Manners = new EnrolmentManners { Status = status };
        EstOutcome outcome = await est.EnrolAsync(key);
        Assert.IsType(kind, outcome);
        Assert.Contains(words, outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_name_that_is_not_ones_own_is_refused()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        IDeviceKey key = await est.KeyAsync(DeviceKeySlot.IdentityA);
        Assert.Contains("not for 'gw-0001'", Assert.IsType<EstOutcome.Refused>(await est.EnrolAsync(key, "gw-0002")).Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_revoked_certificate_and_one_of_another_authority_do_not_come_in()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        IDeviceKey key = await est.KeyAsync(DeviceKeySlot.IdentityA);
        est.Authority.Revoke(est.Bootstrap);
        Assert.Contains("revoked", Assert.IsType<EstOutcome.Unauthorized>(await est.EnrolAsync(key)).Reason, StringComparison.Ordinal);

        using var other = new CertificateAuthority(TimeProvider.System, new Uri("http://127.0.0.1:1/"));
        EstOutcome rogue = await est.ClientOf(est.Address, other.Root).GetAuthoritiesAsync(est.CredentialOf(est.Bootstrap), TestContext.Current.CancellationToken);
        Assert.IsType<EstOutcome.Untrusted>(rogue);
    }

    [Fact(Timeout = Limit)]
    public async Task The_authoritys_certificates_are_there_for_whoever_has_none()
    {
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        EstOutcome outcome = await est.ClientOf(est.OpenAddress).GetAuthoritiesAsync(EstCredential.None, TestContext.Current.CancellationToken);
        X509Certificate2Collection found = Assert.IsType<EstOutcome.Answered>(outcome).Certificates;
        Assert.Equal(
            new[] { est.Authority.Issuing.Thumbprint, est.Authority.Root.Thumbprint }.Order(StringComparer.Ordinal),
            found.Select(one => one.Thumbprint).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task The_client_of_strongSwan_enrols_and_enrols_again()
    {
        string pki = Peer.Require("pki");
        await using EnrolmentHarness est = await EnrolmentHarness.StartAsync();
        CancellationToken stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(est["root.pem"], est.Authority.Root.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(est["issuing.pem"], est.Authority.Issuing.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(est["bootstrap.pem"], est.Bootstrap.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(est["bootstrap.key"], est.Bootstrap.GetECDsaPrivateKey()!.ExportECPrivateKeyPem(), stop);
        string host = est.Address.GetLeftPart(UriPartial.Authority);

        await RunAsync(est["ca"], pki, "--estca", "--url", est.OpenAddress.GetLeftPart(UriPartial.Authority), "--cacert", est["root.pem"], "--caout", est["ca"]);
        await KeyAsync(est["a.key"]);
        await RunAsync(est["a.csr"], pki, "--req", "--type", "priv", "--in", est["a.key"], "--dn", "CN=gw-0001", "--san", "gw-0001");
        await RunAsync(
            est["a.der"], pki, "--est", "--url", host, "--in", est["a.csr"], "--cert", est["bootstrap.pem"], "--key", est["bootstrap.key"], "--cacert", est["root.pem"],
            "--cacert", est["issuing.pem"]);
        using X509Certificate2 first = X509CertificateLoader.LoadCertificate(await File.ReadAllBytesAsync(est["a.der"], stop));
        Assert.Equal(("CN=gw-0001", est.Authority.Issuing.Subject), (first.Subject, first.Issuer));

        await KeyAsync(est["b.key"]);
        await RunAsync(est["b.csr"], pki, "--req", "--type", "priv", "--in", est["b.key"], "--dn", "CN=gw-0001", "--san", "gw-0001");
        await RunAsync(
            est["b.der"], pki, "--est", "--url", host, "--in", est["b.csr"], "--cert", est["a.der"], "--key", est["a.key"], "--cacert", est["root.pem"],
            "--cacert", est["issuing.pem"]);
        using X509Certificate2 second = X509CertificateLoader.LoadCertificate(await File.ReadAllBytesAsync(est["b.der"], stop));
        Assert.Equal("CN=gw-0001", second.Subject);
        Assert.NotEqual(first.PublicKey.ExportSubjectPublicKeyInfo(), second.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static X509Certificate2 LeafOf(EstOutcome outcome, IDeviceKey key)
    {
        Assert.True(outcome is EstOutcome.Answered, outcome.ToString());
        string pem = CertificateChain.Order(((EstOutcome.Answered)outcome).Certificates, key.SubjectPublicKeyInfo.Span);
        Assert.Equal(2, pem.Split("-----BEGIN CERTIFICATE-----").Length - 1);
        return X509Certificate2.CreateFromPem(pem);
    }

    private static async Task KeyAsync(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(path, key.ExportECPrivateKeyPem(), TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(string output, string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await using (FileStream file = File.Create(output))
        {
            await run.StandardOutput.BaseStream.CopyToAsync(file, TestContext.Current.CancellationToken);
        }

        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
    }
}
