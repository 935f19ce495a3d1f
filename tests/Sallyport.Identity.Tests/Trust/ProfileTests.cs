using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>What the profiles of our own PKI demand besides what the table of bad certificates shows.</summary>
public sealed class ProfileTests : IDisposable
{
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string KeyUsage = "2.5.29.15";
    private const string RevocationAddresses = "2.5.29.31";

    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public void A_server_of_ours_may_be_a_client_too_and_an_EST_server_may_not()
    {
        X509Certificate2 both = _pki.Server(new Shape { With = [TestPki.Usage(TestPki.ServerAuth, TestPki.ClientAuth)] });
        Assert.Null(Fault(LinkProfile.OwnServer, both, new PeerName.Host("localhost")));
        Assert.Equal(CertificateFault.WrongExtendedKeyUsage, Fault(LinkProfile.EstServer, both, new PeerName.Host("localhost")));
        Assert.Null(Fault(LinkProfile.EstServer, _pki.Server(new Shape()), new PeerName.Host("127.0.0.1")));
    }

    [Fact]
    public void A_controller_of_the_plant_lives_longer_may_be_a_client_and_has_everything_else()
    {
        var controller = new PeerName.Host("127.0.0.1");
        X509Certificate2 good = _pki.Server(new Shape { Until = TimeSpan.FromDays(700), With = [TestPki.Usage(TestPki.ServerAuth, TestPki.ClientAuth)] });
        Assert.Null(Fault(LinkProfile.Plc, good, controller));
        foreach ((CertificateFault fault, Shape shape) in ((CertificateFault, Shape)[])
        [
            (CertificateFault.WrongKeyUsage, new Shape { Without = [KeyUsage] }),
            (CertificateFault.WrongKeyUsage, new Shape { With = [TestPki.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment)] }),
            (CertificateFault.WrongKeyIdentifier, new Shape { Without = [SubjectKeyIdentifier] }),
            (CertificateFault.WeakSerialNumber, new Shape { Serial = [1, 2, 3] }),
            (CertificateFault.NoRevocationAddress, new Shape { Without = [RevocationAddresses] }),
        ])
        {
            X509Certificate2 certificate = _pki.Server(shape);
            Assert.Equal(fault, Fault(LinkProfile.Plc, certificate, controller));
            Assert.Null(Fault(LinkProfile.ForeignPlc, certificate, controller));
        }
    }

    [Fact]
    public void An_address_of_lists_is_not_demanded_where_an_operator_said_that_there_are_none_and_a_list_that_is_there_counts_all_the_same()
    {
        X509Certificate2 certificate = _pki.Server(new Shape { Without = [RevocationAddresses] });
        using var store = new RevocationStore(new FakeTimeProvider(_pki.Now));
        var validator = new CertificateValidator(LinkProfile.Plc, [_pki.Root.Certificate], new FakeTimeProvider(_pki.Now))
        {
            Revocation = store,
            RevocationPolicy = RevocationPolicy.NonePublished.Instance,
        };
        Assert.IsType<CertificateVerdict.Accepted>(validator.Validate(certificate, [_pki.Issuing.Certificate], "localhost"));
        Assert.True(RevocationList.TryRead(_pki.Issuing.RevocationList(1, _pki.Now, _pki.Now.AddDays(7), certificate), out RevocationList? list, out _));
        store.Offer(list);
        Assert.Equal(
            CertificateFault.Revoked,
            Assert.IsType<CertificateVerdict.Refused>(validator.Validate(certificate, [_pki.Issuing.Certificate], "localhost")).Fault);
    }

    [Fact]
    public void A_server_of_ours_that_was_not_dialled_is_refused() =>
        Assert.Equal(CertificateFault.WrongName, Fault(LinkProfile.OwnServer, _pki.Server(new Shape()), new PeerName.Host("broker")));

    [Fact]
    public void Our_issuing_authority_is_accepted_as_such() =>
        Assert.Null(Fault(LinkProfile.OwnAuthority, _pki.Issuing.Certificate, PeerName.Authority.Instance));

    [Fact]
    public void A_device_is_no_authority() =>
        Assert.Equal(CertificateFault.NotAuthority, Fault(LinkProfile.OwnAuthority, _pki.Device(new Shape()), PeerName.Authority.Instance));

    [Theory]
    [InlineData(X509KeyUsageFlags.CrlSign)]
    [InlineData(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature)]
    public void An_authority_of_ours_signs_certificates_and_lists_and_nothing_else(X509KeyUsageFlags usage) => Assert.Equal(
        CertificateFault.WrongKeyUsage,
        Fault(LinkProfile.OwnAuthority, _pki.Authority(new Shape { With = [TestPki.KeyUsage(usage)] }).Certificate, PeerName.Authority.Instance));

    [Fact]
    public void An_authority_below_one_that_allows_none_is_refused()
    {
        PkiNode last = _pki.Authority(new Shape(), pathLength: 0);
        PkiNode edge = _pki.Authority(new Shape { Key = TestPki.DeviceKey }, last, "CN=Edge", pathLength: 0);
        Assert.Equal(CertificateFault.PathTooLong, Fault(LinkProfile.OwnAuthority, edge.Certificate, PeerName.Authority.Instance, last.Certificate));
    }

    [Fact]
    public void An_authority_of_ours_lives_five_years_at_most() => Assert.Equal(
        CertificateFault.LivesTooLong,
        Fault(LinkProfile.OwnAuthority, _pki.Authority(new Shape { Until = TimeSpan.FromDays(1830) }).Certificate, PeerName.Authority.Instance));

    [Fact]
    public void The_certificates_of_a_device_are_the_current_one_and_the_one_before_until_the_overlap_ends()
    {
        X509Certificate2 first = _pki.Device(new Shape());
        X509Certificate2 second = _pki.Device(new Shape());
        X509Certificate2 third = _pki.Device(new Shape());
        DateTimeOffset end = _pki.Now.AddDays(7);
        AcceptedCertificates accepted = AcceptedCertificates.Only(first).Renew(second, end);
        Assert.True(accepted.Holds(second, end));
        Assert.True(accepted.Holds(first, end.AddSeconds(-1)));
        Assert.False(accepted.Holds(first, end));
        Assert.False(accepted.Holds(third, _pki.Now));
        Assert.Same(accepted, accepted.Renew(second, end.AddDays(1)));
        Assert.False(accepted.Renew(third, end).Holds(first, _pki.Now));
    }

    [Fact]
    public void Our_own_certificate_is_looked_up_before_it_is_shown()
    {
        using var store = new RevocationStore(new FakeTimeProvider(_pki.Now));
        X509Certificate2 device = _pki.Device(new Shape());
        Assert.Null(store.Find(device, [_pki.Issuing.Certificate, _pki.Root.Certificate]));
        Assert.True(RevocationList.TryRead(
            _pki.Issuing.RevocationList(1, _pki.Now, _pki.Now.AddDays(7), device), out RevocationList? list, out _));
        store.Offer(list);
        Assert.Equal(
            $"'CN=gw-0001' is revoked since {_pki.Now:u} (KeyCompromise), says the list of 'CN=Test Issuing, O=Plant'.",
            store.Find(device, [_pki.Issuing.Certificate, _pki.Root.Certificate]));
    }

    [Fact]
    public void Every_fault_has_a_code_and_a_sentence_of_its_own_that_says_what_to_do()
    {
        CertificateFault[] faults = Enum.GetValues<CertificateFault>();
        Assert.Equal(faults.Length, faults.Select(fault => fault.Advice()).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(faults, fault => string.Equals(fault.Advice(), ((CertificateFault)999).Advice(), StringComparison.Ordinal));
        Assert.Equal("not-the-devices-certificate", CertificateFault.NotTheDevicesCertificate.Code());
    }

    [Fact]
    public void A_pin_that_is_not_32_bytes_is_none()
    {
        Assert.False(PublicKeyPin.TryParse("AAAA", out _));
        Assert.False(PublicKeyPin.TryParse(new string('A', 400), out _));
        Assert.False(PublicKeyPin.TryParse(null, out _));
    }

    private CertificateFault? Fault(LinkProfile profile, X509Certificate2 leaf, PeerName name, params X509Certificate2[] issuers) =>
        new CertificateValidator(profile, [_pki.Root.Certificate], new FakeTimeProvider(_pki.Now)) { RevocationPolicy = RevocationPolicy.WhenListed.Instance }
            .Validate(leaf, issuers.Length > 0 ? [.. issuers] : [_pki.Issuing.Certificate], name) is CertificateVerdict.Refused refused ? refused.Fault : null;
}
