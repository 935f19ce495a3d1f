using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests;

public sealed class CertificateValidatorTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(TestAuthority.Now);

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("gw-0001")]
    [InlineData("edgeHub")]
    [InlineData("EDGEHUB")]
    public void The_shape_of_a_real_edgeHub_certificate_passes(string name) =>
        Assert.IsType<CertificateVerdict.Accepted>(Judge(new ServerShape(), name));

    [Fact]
    public void An_IP_address_passes_when_it_is_among_the_names()
    {
        var shape = new ServerShape { Names = ["127.10.20.1"] };
        Assert.IsType<CertificateVerdict.Accepted>(Judge(shape, "127.10.20.1"));
        AssertRefused(CertificateFault.WrongName, Judge(shape, "127.10.20.2"));
    }

    [Fact]
    public void A_key_usage_with_digitalSignature_passes() => Assert.IsType<CertificateVerdict.Accepted>(
        Judge(new ServerShape { KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment }));

    [Fact]
    public void A_root_given_together_with_intermediates_works_and_only_the_root_is_trusted()
    {
        X509Certificate2 leaf = _authority.IssueServer(new ServerShape());
        Assert.IsType<CertificateVerdict.Accepted>(
            Validator([_authority.Issuing, _authority.Root]).Validate(leaf, [], "gw-0001"));
        AssertRefused(
            CertificateFault.IncompleteChain, Validator([_authority.Issuing]).Validate(leaf, [], "gw-0001"));
    }

    [Fact]
    public void No_certificate_is_refused() =>
        AssertRefused(CertificateFault.Missing, Validator([_authority.Root]).Validate(null, [], "gw-0001"));

    [Fact]
    public void A_wrong_extended_key_usage_is_refused() =>
        AssertRefused(CertificateFault.WrongExtendedKeyUsage, Judge(new ServerShape { Usages = [ServerShape.ClientAuth] }));

    [Fact]
    public void Any_extended_key_usage_does_not_count() =>
        AssertRefused(CertificateFault.WrongExtendedKeyUsage, Judge(new ServerShape { Usages = [ServerShape.AnyUsage] }));

    [Fact]
    public void A_missing_extended_key_usage_is_refused() =>
        AssertRefused(CertificateFault.WrongExtendedKeyUsage, Judge(new ServerShape { Usages = [] }));

    [Fact]
    public void A_name_in_the_CN_alone_is_refused() =>
        AssertRefused(CertificateFault.WrongName, Judge(new ServerShape { Names = [] }));

    [Theory]
    [InlineData("gw-0002")]
    [InlineData("gw-0001.example")]
    [InlineData("")]
    [InlineData("not a name")]
    public void A_wrong_name_is_refused(string name) =>
        AssertRefused(CertificateFault.WrongName, Judge(new ServerShape(), name));

    [Fact]
    public void A_wildcard_is_refused_at_edgeHub_and_accepted_at_IoT_Hub()
    {
        var shape = new ServerShape { Names = ["*.azure-devices.net"], KeyUsage = X509KeyUsageFlags.DigitalSignature };
        AssertRefused(CertificateFault.WrongName, Judge(shape, "hub.azure-devices.net"));
        Assert.IsType<CertificateVerdict.Accepted>(Judge(shape, "hub.azure-devices.net", LinkProfile.IotHub));
        AssertRefused(CertificateFault.WrongName, Judge(shape, "a.hub.azure-devices.net", LinkProfile.IotHub));
    }

    [Fact]
    public void An_unknown_root_is_refused()
    {
        using var other = new TestAuthority();
        X509Certificate2 leaf = other.IssueServer(new ServerShape());
        AssertRefused(
            CertificateFault.UnknownRoot, Validator([]).Validate(leaf, [other.Issuing, other.Root], "gw-0001"));
    }

    [Fact]
    public void A_rogue_root_of_the_same_name_is_refused()
    {
        using var rogue = new TestAuthority();
        X509Certificate2 leaf = rogue.IssueServer(new ServerShape());
        Assert.Equal(_authority.Root.Subject, rogue.Root.Subject);
        Assert.IsType<CertificateVerdict.Refused>(
            Validator([_authority.Root]).Validate(leaf, [rogue.Issuing, rogue.Root], "gw-0001"));
        Assert.IsType<CertificateVerdict.Refused>(
            Validator([_authority.Root]).Validate(leaf, [rogue.Issuing], "gw-0001"));
        Assert.IsType<CertificateVerdict.Refused>(
            Validator([_authority.Root]).Validate(leaf, [_authority.Issuing], "gw-0001"));
    }

    [Fact]
    public void An_expired_leaf_is_refused()
    {
        var shape = new ServerShape();
        _time.SetUtcNow(shape.NotAfter);
        AssertRefused(CertificateFault.Expired, Judge(shape));
    }

    [Fact]
    public void A_leaf_is_accepted_until_its_last_second()
    {
        var shape = new ServerShape();
        _time.SetUtcNow(shape.NotAfter.AddSeconds(-1));
        Assert.IsType<CertificateVerdict.Accepted>(Judge(shape));
    }

    [Fact]
    public void A_leaf_that_is_not_valid_yet_is_refused() => AssertRefused(
        CertificateFault.NotYetValid, Judge(new ServerShape { NotBefore = TestAuthority.Now.AddMinutes(1) }));

    [Fact]
    public void An_expired_issuer_is_refused()
    {
        _time.SetUtcNow(TestAuthority.Now.AddDays(91));
        AssertRefused(CertificateFault.Expired, Judge(new ServerShape { NotAfter = TestAuthority.Now.AddDays(200) }));
    }

    [Fact]
    public void RSA_1024_is_refused() =>
        AssertRefused(CertificateFault.WeakKey, Judge(new ServerShape { RsaKeySizeInBits = 1024 }));

    [Fact]
    public void A_curve_that_is_not_accepted_is_refused_in_the_chain()
    {
        using var weak = new TestAuthority(ECCurve.NamedCurves.nistP521);
        X509Certificate2 leaf = weak.IssueServer(new ServerShape());
        AssertRefused(CertificateFault.WeakKey, Validator([weak.Root]).Validate(leaf, [weak.Issuing], "gw-0001"));
    }

    [Fact]
    public void A_SHA_1_signature_is_refused() =>
        AssertRefused(CertificateFault.WeakSignature, Judge(new ServerShape { ClaimsSha1 = true }));

    [Fact]
    public void A_leaf_with_CA_TRUE_is_refused() =>
        AssertRefused(CertificateFault.IsAuthority, Judge(new ServerShape { IsAuthority = true }));

    [Fact]
    public void A_leaf_that_may_sign_certificates_is_refused() => AssertRefused(
        CertificateFault.WrongKeyUsage,
        Judge(new ServerShape { KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign }));

    [Fact]
    public void A_key_usage_without_digitalSignature_is_refused() => AssertRefused(
        CertificateFault.WrongKeyUsage, Judge(new ServerShape { KeyUsage = X509KeyUsageFlags.KeyEncipherment }));

    [Fact]
    public void A_missing_key_usage_is_refused_where_the_profile_demands_one() =>
        AssertRefused(CertificateFault.WrongKeyUsage, Judge(new ServerShape(), profile: LinkProfile.IotHub));

    [Fact]
    public void A_leaf_that_outlives_its_issuer_is_refused() => AssertRefused(
        CertificateFault.OutlivesIssuer, Judge(new ServerShape { NotAfter = TestAuthority.Now.AddDays(91) }));

    [Fact]
    public void A_missing_intermediate_is_refused()
    {
        X509Certificate2 leaf = _authority.IssueServer(new ServerShape());
        AssertRefused(CertificateFault.IncompleteChain, Validator([_authority.Root]).Validate(leaf, [leaf], "gw-0001"));
    }

    [Fact]
    public void Six_certificates_are_refused_and_the_leaf_is_not_counted_twice()
    {
        X509Certificate2 leaf = _authority.IssueServer(new ServerShape());
        X509Certificate2Collection four = [_authority.Issuing, _authority.Root, _authority.Root, _authority.Root];
        Assert.IsType<CertificateVerdict.Accepted>(Validator([_authority.Root]).Validate(leaf, [leaf, .. four], "gw-0001"));
        AssertRefused(
            CertificateFault.TooLarge,
            Validator([_authority.Root]).Validate(leaf, [leaf, .. four, _authority.Root], "gw-0001"));
    }

    [Fact]
    public void A_certificate_above_16_KiB_is_refused() => AssertRefused(
        CertificateFault.TooLarge,
        Judge(new ServerShape { Further = [new X509Extension("1.2.3.4", new byte[17_000], critical: false)] }));

    [Fact]
    public void An_extension_that_cannot_be_decoded_is_refused() => AssertRefused(
        CertificateFault.Malformed,
        Judge(new ServerShape { Further = [new X509Extension("2.5.29.15", [0x03, 0x01], critical: false)] }));

    [Fact]
    public void An_unknown_critical_extension_is_refused() => AssertRefused(
        CertificateFault.UnknownCriticalExtension,
        Judge(new ServerShape { Further = [new X509Extension("1.2.3.4", [0x05, 0x00], critical: true)] }));

    [Fact]
    public void Demanded_proof_of_revocation_fails_closed_while_there_is_none()
    {
        X509Certificate2 leaf = _authority.IssueServer(new ServerShape());
        var validator = new CertificateValidator(LinkProfile.EdgeHub, [_authority.Root], _time) { RevocationPolicy = RevocationPolicy.Require.Instance };
        AssertRefused(CertificateFault.RevocationUnknown, validator.Validate(leaf, [_authority.Issuing], "gw-0001"));
    }

    [Fact]
    public void A_refusal_names_the_certificate()
    {
        CertificateVerdict.Refused refused =
            Assert.IsType<CertificateVerdict.Refused>(Judge(new ServerShape(), "gw-0002"));
        Assert.Equal(
            "Certificate 020304 of 'CN=gw-0001', issued by 'CN=Test Issuing': 'gw-0002' is not among its subject alternative names.", refused.Detail);
    }

    private static void AssertRefused(CertificateFault expected, CertificateVerdict verdict) =>
        Assert.Equal(expected, Assert.IsType<CertificateVerdict.Refused>(verdict).Fault);

    private CertificateVerdict Judge(ServerShape shape, string name = "gw-0001", LinkProfile? profile = null)
    {
        X509Certificate2 leaf = _authority.IssueServer(shape);
        return Validator([_authority.Root], profile).Validate(leaf, [leaf, _authority.Issuing], name);
    }

    private CertificateValidator Validator(X509Certificate2Collection roots, LinkProfile? profile = null) =>
        new(profile ?? LinkProfile.EdgeHub, roots, _time);
}
