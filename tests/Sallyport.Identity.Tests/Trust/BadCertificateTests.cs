using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>The table of bad certificates against the validator, each with its own reason.</summary>
public sealed class BadCertificateTests : IDisposable
{
    private static readonly PeerName Gateway = new PeerName.Device("gw-0001") { RegistrationId = "gw-0001" };

    private readonly TestPki _pki = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RevocationStore _store;

    public BadCertificateTests()
    {
        _time.SetUtcNow(_pki.Now);
        _store = new RevocationStore(_time);
        _store.Watch(_pki.Root.Certificate);
        _store.Watch(_pki.Issuing.Certificate);
        Publish(_pki.Root, 1);
        Publish(_pki.Issuing, 1);
    }

    public static TheoryData<string> Names => [.. BadCertificates.All.Select(one => one.Name)];

    public void Dispose()
    {
        _store.Dispose();
        _pki.Dispose();
    }

    [Fact]
    public void The_good_certificate_passes() => Assert.IsType<CertificateVerdict.Accepted>(
        Validator().Validate(_pki.Device(new Shape()), [_pki.Issuing.Certificate], Gateway));

    [Fact]
    public void The_table_has_at_least_forty_different_defects() =>
        Assert.InRange(BadCertificates.All.DistinctBy(one => one.Name, StringComparer.Ordinal).Count(), 40, 200);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_certificate_is_refused_with_its_own_reason(string defect)
    {
        BadCertificate bad = BadCertificates.All.Single(one => string.Equals(one.Name, defect, StringComparison.Ordinal));
        Presented shown = bad.Make(_pki);
        AssertRefused(bad.Expected, Validator().Validate(shown.Leaf, [.. shown.Issuers], Gateway));
    }

    [Fact]
    public void No_certificate_at_all_is_refused() => AssertRefused(CertificateFault.Missing, Validator().Validate(null, [], Gateway));

    [Fact]
    public void A_revoked_device_is_refused_from_the_new_list_on()
    {
        X509Certificate2 device = _pki.Device(new Shape());
        CertificateValidator validator = Validator();
        Assert.IsType<CertificateVerdict.Accepted>(validator.Validate(device, [_pki.Issuing.Certificate], Gateway));
        Publish(_pki.Issuing, 2, device);
        AssertRefused(CertificateFault.Revoked, validator.Validate(device, [_pki.Issuing.Certificate], Gateway));
    }

    [Fact]
    public void A_device_below_a_revoked_authority_is_refused()
    {
        Publish(_pki.Root, 2, _pki.Issuing.Certificate);
        AssertRefused(CertificateFault.Revoked, Judge());
    }

    [Fact]
    public void A_list_that_is_overdue_proves_nothing_unless_some_hours_of_grace_are_left()
    {
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromHours(23));
        AssertRefused(CertificateFault.RevocationUnknown, Judge());
        Assert.IsType<CertificateVerdict.Accepted>(Judge(Validator(policy: new RevocationPolicy.Grace(24))));
        _time.Advance(TimeSpan.FromHours(1));
        AssertRefused(CertificateFault.RevocationUnknown, Judge(Validator(policy: new RevocationPolicy.Grace(24))));
        Assert.IsType<CertificateVerdict.Accepted>(Judge(Validator(policy: RevocationPolicy.WhenListed.Instance)));
    }

    [Fact]
    public void Without_a_list_of_its_issuer_a_certificate_is_refused()
    {
        using var empty = new RevocationStore(_time);
        AssertRefused(CertificateFault.RevocationUnknown, Judge(new CertificateValidator(LinkProfile.Device, [_pki.Root.Certificate], _time) { Revocation = empty }));
        AssertRefused(CertificateFault.RevocationUnknown, Judge(new CertificateValidator(LinkProfile.Device, [_pki.Root.Certificate], _time)));
    }

    [Fact]
    public void A_chain_that_avoids_the_demanded_authority_is_refused()
    {
        PkiNode other = _pki.SelfSigned("CN=Other", _pki.NewKey(System.Security.Cryptography.ECCurve.NamedCurves.nistP256));
        AssertRefused(CertificateFault.WrongIssuer, Judge(Validator(pin: PublicKeyPin.Of(other.Certificate))));
        Assert.True(PublicKeyPin.TryParse(PublicKeyPin.Of(_pki.Issuing.Certificate).ToString(), out PublicKeyPin? pin));
        Assert.IsType<CertificateVerdict.Accepted>(Judge(Validator(pin: pin)));
    }

    [Theory]
    [InlineData(DeviceStanding.Unknown, CertificateFault.UnknownDevice)]
    [InlineData(DeviceStanding.Disabled, CertificateFault.DisabledDevice)]
    [InlineData(DeviceStanding.OtherCertificate, CertificateFault.NotTheDevicesCertificate)]
    public void The_registry_is_asked_each_time_and_has_the_last_word(DeviceStanding standing, CertificateFault expected)
    {
        var registry = new Registry();
        CertificateValidator validator = Validator(registry: registry);
        X509Certificate2 device = _pki.Device(new Shape());
        Assert.IsType<CertificateVerdict.Accepted>(validator.Validate(device, [_pki.Issuing.Certificate], Gateway));
        registry.Standing = standing;
        AssertRefused(expected, validator.Validate(device, [_pki.Issuing.Certificate], Gateway));
    }

    [Fact]
    public void A_profile_and_a_name_of_different_kinds_never_fit() =>
        AssertRefused(CertificateFault.WrongName, Validator().Validate(_pki.Device(new Shape()), [_pki.Issuing.Certificate], "gw-0001"));

    [Fact]
    public void Whatever_byte_is_changed_a_good_certificate_is_not_accepted_any_more()
    {
        byte[] good = _pki.Device(new Shape()).RawData;
        CertificateValidator validator = Validator();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255]).Sample(
            (at, change) =>
            {
                byte[] der = [.. good];
                der[at] ^= change;
                return !IsAccepted(der, validator);
            },
            iter: 1000,
            threads: 1);
        Assert.True(IsAccepted(good, validator));
    }

    private bool IsAccepted(byte[] der, CertificateValidator validator)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return validator.Validate(certificate, [_pki.Issuing.Certificate], Gateway) is CertificateVerdict.Accepted;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // The handshake ends before anybody judges it.
            return false;
        }
    }

    private void Publish(PkiNode authority, int number, params X509Certificate2[] revoked)
    {
        byte[] der = authority.RevocationList(number, _pki.Now.AddMinutes(-1), _pki.Now.AddDays(7), revoked);
        Assert.True(RevocationList.TryRead(der, out RevocationList? list, out string reason), reason);
        Assert.IsType<RevocationListOutcome.Accepted>(_store.Offer(list));
    }

    private CertificateVerdict Judge(CertificateValidator? validator = null) =>
        (validator ?? Validator()).Validate(_pki.Device(new Shape()), [_pki.Issuing.Certificate], Gateway);

    private CertificateValidator Validator(RevocationPolicy? policy = null, PublicKeyPin? pin = null, IDeviceRegistry? registry = null) =>
        new(LinkProfile.Device, [_pki.Root.Certificate], _time)
        {
            Revocation = _store,
            RevocationPolicy = policy ?? LinkProfile.Device.Revocation,
            DemandedIssuer = pin,
            Registry = registry,
        };

    private static void AssertRefused(CertificateFault expected, CertificateVerdict verdict)
    {
        CertificateVerdict.Refused refused = Assert.IsType<CertificateVerdict.Refused>(verdict);
        Assert.True(expected == refused.Fault, $"{refused.Fault} instead of {expected}: {refused.Detail}");
    }

    private sealed class Registry : IDeviceRegistry
    {
        public DeviceStanding Standing { get; set; }

        public DeviceStanding Judge(string deviceId, X509Certificate2 certificate) => Standing;
    }
}
