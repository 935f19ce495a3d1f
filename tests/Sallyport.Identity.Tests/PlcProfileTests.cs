using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests;

/// <summary>What the certificate of a controller must look like if others than the plant certified it (facts 6.32).</summary>
/// <remarks>Of the plant's own the same is demanded as of every certificate of our authority: see the tests of profiles.</remarks>
public sealed class PlcProfileTests : IDisposable
{
    private const string Address = "10.0.0.5";
    private const string Name = "plc-7.plant.example";

    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(TestAuthority.Now);

    private static ServerShape Controller => new() { CommonName = "plc-7", Names = [Name, Address] };

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(Address)]
    [InlineData(Name)]
    [InlineData("PLC-7.plant.example")]
    public void Its_address_or_its_name_may_be_dialled(string dialled) => Assert.IsType<CertificateVerdict.Accepted>(Judge(Controller, dialled));

    [Fact]
    public void A_key_usage_is_not_demanded_but_must_allow_signatures_if_it_is_there()
    {
        Assert.IsType<CertificateVerdict.Accepted>(Judge(Controller with { KeyUsage = X509KeyUsageFlags.DigitalSignature }));
        AssertRefused(CertificateFault.WrongKeyUsage, Judge(Controller with { KeyUsage = X509KeyUsageFlags.KeyEncipherment }));
    }

    // The role is the client's: a controller needs none, and one does it no harm.
    [Fact]
    public void A_role_is_not_demanded_of_it() => Assert.IsType<CertificateVerdict.Accepted>(
        Judge(Controller with { Further = [new X509Extension(ModbusRole.ObjectId, [0x0C, 1, (byte)'R'], critical: false)] }));

    [Theory]
    [InlineData("10.0.0.6")]
    [InlineData("plc-8.plant.example")]
    [InlineData("plc-7")]
    public void Another_name_than_the_dialled_one_is_refused(string dialled) =>
        AssertRefused(CertificateFault.WrongName, Judge(Controller, dialled));

    [Fact]
    public void A_certificate_without_names_is_refused_whatever_its_CN_is() =>
        AssertRefused(CertificateFault.WrongName, Judge(Controller with { CommonName = Address, Names = [] }));

    [Fact]
    public void A_wildcard_is_refused() =>
        AssertRefused(CertificateFault.WrongName, Judge(Controller with { Names = ["*.plant.example"] }, Name));

    [Fact]
    public void An_expired_certificate_is_refused() =>
        AssertRefused(CertificateFault.Expired, Judge(Controller with { NotAfter = TestAuthority.Now.AddSeconds(-1) }));

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_refused() =>
        AssertRefused(CertificateFault.NotYetValid, Judge(Controller with { NotBefore = TestAuthority.Now.AddMinutes(1) }));

    [Theory]
    [InlineData(ServerShape.ClientAuth)]
    [InlineData(ServerShape.AnyUsage)]
    public void Another_usage_than_that_of_a_server_is_refused(string usage) =>
        AssertRefused(CertificateFault.WrongExtendedKeyUsage, Judge(Controller with { Usages = [usage] }));

    [Fact]
    public void No_usage_at_all_is_refused() => AssertRefused(CertificateFault.WrongExtendedKeyUsage, Judge(Controller with { Usages = [] }));

    [Fact]
    public void A_certificate_of_another_authority_is_refused()
    {
        using var others = new TestAuthority();
        AssertRefused(
            CertificateFault.IncompleteChain,
            new CertificateValidator(LinkProfile.ForeignPlc, [others.Root], _time).Validate(_authority.IssueServer(Controller), [], Address));
    }

    private static void AssertRefused(CertificateFault expected, CertificateVerdict verdict) =>
        Assert.Equal(expected, Assert.IsType<CertificateVerdict.Refused>(verdict).Fault);

    private CertificateVerdict Judge(ServerShape shape, string dialled = Address) =>
        new CertificateValidator(LinkProfile.ForeignPlc, [_authority.Root], _time) { RevocationPolicy = RevocationPolicy.NonePublished.Instance }
            .Validate(_authority.IssueServer(shape), [_authority.Issuing], dialled);
}
