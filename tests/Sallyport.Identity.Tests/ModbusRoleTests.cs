using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests;

/// <summary>The role of a certificate: Modbus/TCP Security Protocol Specification V3.6 (facts 6.32).</summary>
public sealed class ModbusRoleTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("Reader")]
    [InlineData("Größe 3")]
    [InlineData("")]
    public void A_text_in_the_extension_is_the_role(string role) => Assert.Equal(role, RoleOf(Extension(Text(role))));

    [Fact]
    public void The_bytes_of_the_specification_are_understood() =>
        Assert.Equal("Operator", RoleOf(Extension(Convert.FromHexString("0C084F70657261746F72"))));

    [Fact]
    public void A_certificate_without_the_extension_has_no_role() => Assert.Null(RoleOf());

    [Fact]
    public void Another_extension_is_no_role() => Assert.Null(RoleOf(Extension(Text("Reader"), "1.3.6.1.4.1.50316.802.2")));

    [Fact]
    public void A_text_of_another_kind_is_no_role()
    {
        Assert.Null(RoleOf(Extension(Text("Reader", UniversalTagNumber.PrintableString))));
        Assert.Null(RoleOf(Extension(Text("Reader", UniversalTagNumber.IA5String))));
    }

    // Length 2, and bytes that begin no character.
    [Theory]
    [InlineData("0C02C328")]
    [InlineData("0C02FFFE")]
    public void What_is_not_UTF_8_is_no_role(string hex) => Assert.Null(RoleOf(Extension(Convert.FromHexString(hex))));

    [Theory]
    [InlineData("")]
    [InlineData("0C")]
    [InlineData("0C08")]
    [InlineData("0C065265616465")]
    [InlineData("0C0652656164657200")]
    [InlineData("3008 0C06526561646572")]
    public void What_is_cut_short_or_followed_or_wrapped_is_no_role(string hex) =>
        Assert.Null(RoleOf(Extension(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))));

    // Nobody issues such a certificate; it is made by changing the name of its second extension.
    [Fact]
    public void Two_roles_are_none()
    {
        byte[] name = Convert.FromHexString("2B0601040183890C8622");
        byte[] certificate = _authority.IssueServer(
            new ServerShape { Further = [Extension(Text("Reader")), Extension(Text("Operator"), ModbusRole.ObjectId[..^1] + "2")] }).RawData;
        certificate[certificate.AsSpan().IndexOf((byte[])[.. name, 2]) + name.Length] = 1;
        using X509Certificate2 twofold = X509CertificateLoader.LoadCertificate(certificate);
        Assert.Equal(2, twofold.Extensions.Count(extension => string.Equals(extension.Oid?.Value, ModbusRole.ObjectId, StringComparison.Ordinal)));
        Assert.Null(ModbusRole.Of(twofold));
    }

    private static X509Extension Extension(byte[] value, string objectId = ModbusRole.ObjectId) => new(objectId, value, critical: false);

    private static byte[] Text(string text, UniversalTagNumber kind = UniversalTagNumber.UTF8String)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(kind, text);
        return writer.Encode();
    }

    private string? RoleOf(params X509Extension[] extensions) => ModbusRole.Of(_authority.IssueServer(new ServerShape { Further = extensions }));
}
