using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsCheck;
using Sallyport.Identity.Issuing;

namespace Sallyport.Identity.Tests.Issuing;

/// <summary>What an authority signs, and what it does not.</summary>
public sealed class IssuingTests : IDisposable
{
    private readonly Plant _plant = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _plant.Dispose();
    }

    [Fact]
    public void A_devices_certificate_has_what_the_profile_says_and_nothing_else()
    {
        X509Certificate2 device = _plant.IssueDevice(_key);
        Assert.Equal("O=Plant 1, CN=gw-0001", device.Subject);
        Assert.Equal(_plant.Issuing.Subject, device.Issuer);
        Assert.Equal(
            ["2.5.29.19 critical", "2.5.29.15 critical", "2.5.29.37", "2.5.29.14", "2.5.29.17", "2.5.29.35", "2.5.29.31"],
            device.Extensions.Select(extension => extension.Oid!.Value + (extension.Critical ? " critical" : "")));
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, device.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Equal(["gw-0001"], AlternativeNames.Of(device).Dns);
        Assert.Equal(_plant.Time.GetUtcNow().AddDays(90), new DateTimeOffset(device.NotAfter.ToUniversalTime()));
        Assert.Equal(_plant.Time.GetUtcNow().AddMinutes(-5), new DateTimeOffset(device.NotBefore.ToUniversalTime()));
        Assert.Equal(32, device.SerialNumber.Length);
        Assert.Equal(_key.ExportSubjectPublicKeyInfo(), device.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Every_certificate_chains_to_the_root_and_no_serial_number_comes_twice()
    {
        var serials = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 0; at < 50; at++)
        {
            X509Certificate2 device = _plant.IssueDevice(_key);
            Assert.True(serials.Add(device.SerialNumber));
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(_plant.Root);
            chain.ChainPolicy.ExtraStore.Add(_plant.Issuing);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationTime = _plant.Time.GetUtcNow().UtcDateTime;
            Assert.True(chain.Build(device));
        }
    }

    [Fact]
    public void A_leaf_never_outlives_its_issuer()
    {
        _plant.Time.Advance(TimeSpan.FromDays(1800));
        X509Certificate2 device = _plant.IssueDevice(_key);
        Assert.Equal(_plant.Issuing.NotAfter.AddSeconds(-1), device.NotAfter);
        _plant.Time.Advance(TimeSpan.FromDays(26));
        Assert.Contains("expired", Refused(Plant.RequestOf(_key, "gw-0001"), Plant.DeviceOrder), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Excesses => new()
    {
        { "name", "asks for the name 'gw-0002'" },
        { "dns", "asks for the DNS name 'gw-0002'" },
        { "address", "asks for the address 10.0.0.1" },
        { "uri", "asks for the URI 'urn:other'" },
        { "mail", "of a kind that is never signed" },
        { "authority", "asks to be an authority" },
        { "certSign", "asks to sign certificates" },
        { "serverAuth", "asks for the usage 1.3.6.1.5.5.7.3.1" },
        { "p521", "P-256 and P-384 only" },
        { "rsa", "P-256 and P-384 only" },
    };

    [Theory]
    [MemberData(nameof(Excesses))]
    public void A_request_that_asks_for_more_is_refused(string what, string reason)
    {
        using AsymmetricAlgorithm key = what switch
        {
            "p521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            "rsa" => RSA.Create(2048),
            _ => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        };
        SigningRequest request = Plant.RequestOf(key, what is "name" ? "gw-0002" : "gw-0001", asked => Ask(asked, what));
        Assert.Contains(reason, Refused(request, Plant.DeviceOrder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_may_ask_for_what_is_granted_or_for_less()
    {
        IssueOrder order = Plant.DeviceOrder with { Uris = ["urn:gw-0001"], Addresses = [IPAddress.Parse("10.0.0.1")], DnsNames = ["gw-0001.plant.example"] };
        SigningRequest full = Plant.RequestOf(_key, "gw-0001", asked =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("GW-0001.plant.example");
            names.AddIpAddress(IPAddress.Parse("10.0.0.1"));
            asked.CertificateExtensions.Add(names.Build());
        });
        X509Certificate2 certificate = _plant.Issued(_plant.IssuingAuthority.Issue(full, order));
        AlternativeNames names = AlternativeNames.Of(certificate);
        Assert.Equal(["gw-0001", "gw-0001.plant.example"], names.Dns);
        Assert.Equal([IPAddress.Parse("10.0.0.1")], names.Addresses);
        Assert.Equal(["urn:gw-0001"], names.Uris);
        _plant.Issued(_plant.IssuingAuthority.Issue(Plant.RequestOf(_key, ""), order));
    }

    public static TheoryData<IssueOrder, string> FaultyOrders => new()
    {
        { Plant.DeviceOrder with { Life = TimeSpan.FromDays(91) }, "at most 90 days" },
        { Plant.DeviceOrder with { Life = TimeSpan.Zero }, "at most 90 days" },
        { Plant.DeviceOrder with { CommonName = "" }, "1 to 64" },
        { Plant.DeviceOrder with { CommonName = new string('a', 65) }, "1 to 64" },
        { Plant.DeviceOrder with { CommonName = "GW 1" }, "no registration id" },
        { Plant.DeviceOrder with { CommonName = "gw_" }, "no registration id" },
        { Plant.DeviceOrder with { DnsNames = ["*.example"] }, "Wildcards" },
        { Plant.DeviceOrder with { Uris = ["not a uri"] }, "no URI" },
        { Plant.DeviceOrder with { Organisation = "a\nb" }, "control character" },
        { new IssueOrder(CertificateProfile.ServerOnly, "est", TimeSpan.FromDays(30)), "needs the DNS name" },
        { new IssueOrder(CertificateProfile.OpcUaApplication, "app", TimeSpan.FromDays(30)) { DnsNames = ["app.example"] }, "needs the application's URI" },
        { new IssueOrder(CertificateProfile.EdgeAuthority, "edge", TimeSpan.FromDays(30)) { DnsNames = ["a.example"] }, "no alternative names" },
    };

    [Theory]
    [MemberData(nameof(FaultyOrders))]
    public void A_faulty_order_is_refused(IssueOrder order, string reason) =>
        Assert.Contains(reason, Refused(Plant.RequestOf(_key, ""), order), StringComparison.Ordinal);

    [Fact]
    public void Authorities_sign_only_what_their_path_length_allows()
    {
        using var edgeKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var order = new IssueOrder(CertificateProfile.EdgeAuthority, "gw-0001-edge-ca", TimeSpan.FromDays(90));
        X509Certificate2 edge = _plant.Issued(_plant.IssuingAuthority.Issue(Plant.RequestOf(edgeKey, ""), order));
        var below = new SigningAuthority(edge, X509SignatureGenerator.CreateForECDsa(edgeKey), null, _plant.Time);
        Assert.Contains("path length", Assert.IsType<IssueOutcome.Refused>(below.Issue(Plant.RequestOf(_key, ""), order)).Reason, StringComparison.Ordinal);
        _plant.Issued(below.Issue(Plant.RequestOf(_key, ""), new IssueOrder(CertificateProfile.ServerOnly, "edgeHub", TimeSpan.FromDays(30)) { DnsNames = ["edgeHub"] }));

        Assert.Contains("path length", Refused(Plant.RequestOf(_key, ""), new IssueOrder(CertificateProfile.IssuingAuthority, "second", TimeSpan.FromDays(30))), StringComparison.Ordinal);
        using X509Certificate2 leaf = _plant.IssueDevice(_key);
        var none = new SigningAuthority(leaf, X509SignatureGenerator.CreateForECDsa(_key), null, _plant.Time);
        Assert.Contains("is no authority", Assert.IsType<IssueOutcome.Refused>(none.Issue(Plant.RequestOf(_key, ""), Plant.DeviceOrder)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_whose_key_did_not_sign_it_is_no_request()
    {
        byte[] good = Plant.BytesOf(_key, "gw-0001");
        Assert.IsType<SigningRequestReading.Read>(SigningRequest.Read(good));
        Assert.IsType<SigningRequestReading.Read>(SigningRequest.Read(Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE REQUEST", good))));
        Assert.IsType<SigningRequestReading.Refused>(SigningRequest.Read(Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", good))));
        Assert.IsType<SigningRequestReading.Refused>(SigningRequest.Read([.. good, 0]));
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 1;
            Assert.IsType<SigningRequestReading.Refused>(SigningRequest.Read(bad));
            Assert.IsType<SigningRequestReading.Refused>(SigningRequest.Read(good.AsSpan(0, at)));
        }
    }

    [Fact]
    public void Any_bytes_are_refused_with_a_reason() => Gen.Byte.Array[0, 300].Sample(bytes => SigningRequest.Read(bytes) is SigningRequestReading.Refused { Reason.Length: > 0 });

    [Fact]
    public void The_list_names_what_is_revoked_and_rises()
    {
        X509Certificate2 device = _plant.IssueDevice(_key);
        byte[] list = _plant.IssuingAuthority.RevocationList(
            [new RevokedCertificate(device.SerialNumber, _plant.Time.GetUtcNow(), X509RevocationReason.KeyCompromise)], 7, TimeSpan.FromDays(7));
        var loaded = CertificateRevocationListBuilder.Load(list, out var number);
        Assert.Equal(7, number);
        Assert.True(loaded.RemoveEntry(device.SerialNumberBytes.Span));
    }

    private static void Ask(CertificateRequest asked, string what)
    {
        var names = new SubjectAlternativeNameBuilder();
        switch (what)
        {
            case "dns":
                names.AddDnsName("gw-0002");
                break;
            case "address":
                names.AddIpAddress(IPAddress.Parse("10.0.0.1"));
                break;
            case "uri":
                names.AddUri(new Uri("urn:other"));
                break;
            case "mail":
                names.AddEmailAddress("a@b.example");
                break;
            case "authority":
                asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
                return;
            case "certSign":
                asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
                return;
            case "serverAuth":
                asked.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
                return;
            default:
                return;
        }

        asked.CertificateExtensions.Add(names.Build());
    }

    private string Refused(SigningRequest request, IssueOrder order) =>
        Assert.IsType<IssueOutcome.Refused>(_plant.IssuingAuthority.Issue(request, order)).Reason;
}
