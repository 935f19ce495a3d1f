using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static System.Security.Cryptography.X509Certificates.X509KeyUsageFlags;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>The table: certificates that are bad by themselves, each in one way.</summary>
internal static class BadCertificates
{
    private const string KeyUsage = "2.5.29.15";
    private const string Names = "2.5.29.17";
    private const string Lists = "2.5.29.31";
    private const string OwnKey = "2.5.29.14";
    private const string IssuerKey = "2.5.29.35";
    private const string Usage = "2.5.29.37";

    public static IReadOnlyList<BadCertificate> All { get; } =
    [
        Leaf("it has expired", CertificateFault.Expired, new Shape { From = TimeSpan.FromDays(-30), Until = TimeSpan.FromSeconds(-1) }),
        Leaf("it is not valid yet", CertificateFault.NotYetValid, new Shape { From = TimeSpan.FromHours(1) }),
        Keyed("its key is RSA-1024", CertificateFault.WeakKey, pki => pki.NewRsa(1024)),
        Keyed("its key is on P-521", CertificateFault.WeakKey, pki => pki.NewKey(ECCurve.NamedCurves.nistP521)),
        Keyed("its key is on a Brainpool curve", CertificateFault.WeakKey, pki => pki.NewKey(ECCurve.NamedCurves.brainpoolP256r1)),
        Leaf("it is signed with SHA-1", CertificateFault.WeakSignature, new Shape { HasSha1 = true }),
        Leaf("it has no extended key usage", CertificateFault.WrongExtendedKeyUsage, new Shape { Without = [Usage] }),
        Leaf("it is for servers", CertificateFault.WrongExtendedKeyUsage, new Shape { With = [TestPki.Usage(TestPki.ServerAuth)] }),
        Leaf("it is for anything", CertificateFault.WrongExtendedKeyUsage, new Shape { With = [TestPki.Usage("2.5.29.37.0")] }),
        Leaf("it is for clients and servers", CertificateFault.WrongExtendedKeyUsage, new Shape { With = [TestPki.Usage(TestPki.ClientAuth, TestPki.ServerAuth)] }),
        Leaf("it is for clients and anything", CertificateFault.WrongExtendedKeyUsage, new Shape { With = [TestPki.Usage(TestPki.ClientAuth, "2.5.29.37.0")] }),
        Leaf("it has no key usage", CertificateFault.WrongKeyUsage, new Shape { Without = [KeyUsage] }),
        Leaf("its key usage lacks digitalSignature", CertificateFault.WrongKeyUsage, new Shape { With = [TestPki.KeyUsage(KeyAgreement)] }),
        Leaf("its key usage has keyEncipherment too", CertificateFault.WrongKeyUsage, new Shape { With = [TestPki.KeyUsage(DigitalSignature | KeyEncipherment)] }),
        Leaf("its key may sign certificates", CertificateFault.WrongKeyUsage, new Shape { With = [TestPki.KeyUsage(DigitalSignature | KeyCertSign)] }),
        Leaf("its key may sign revocation lists", CertificateFault.WrongKeyUsage, new Shape { With = [TestPki.KeyUsage(DigitalSignature | CrlSign)] }),
        Leaf("it is an authority", CertificateFault.IsAuthority, new Shape { With = [new X509BasicConstraintsExtension(true, false, 0, true)] }),
        Leaf("its name is in the CN alone", CertificateFault.WrongName, new Shape { Without = [Names] }),
        Leaf("it is for another device", CertificateFault.WrongName, new Shape { With = [TestPki.Names("gw-0002")] }),
        Leaf("its device id has capital letters", CertificateFault.WrongName, new Shape { With = [TestPki.Names("GW-0001")] }),
        Leaf("its device id goes on behind", CertificateFault.WrongName, new Shape { With = [TestPki.Names("gw-0001.example")] }),
        Leaf("its device id is a wildcard", CertificateFault.WrongName, new Shape { With = [TestPki.Names("*")] }),
        Leaf("its device id is a URI", CertificateFault.WrongName, new Shape { With = [Uri("urn:gw-0001")] }),
        Leaf("its CN is another registration id", CertificateFault.WrongRegistrationId, new Shape { Subject = "CN=gw-0002" }),
        Leaf("it has two CNs", CertificateFault.WrongRegistrationId, new Shape { Subject = "CN=gw-0001, CN=gw-0002" }),
        Leaf("its serial number has 8 bytes", CertificateFault.WeakSerialNumber, new Shape { Serial = [0x5A, 1, 2, 3, 4, 5, 6, 7] }),
        Leaf("its serial number is negative", CertificateFault.WeakSerialNumber, new Shape { Patch = Replace([0x02, 0x10, 0x5A, 0x01], [0x02, 0x10, 0xDA, 0x01]) }),
        Leaf("it is valid for 120 days", CertificateFault.LivesTooLong, new Shape { Until = TimeSpan.FromDays(120) }),
        Leaf("it has no subject key identifier", CertificateFault.WrongKeyIdentifier, new Shape { Without = [OwnKey] }),
        Leaf("it has no authority key identifier", CertificateFault.WrongKeyIdentifier, new Shape { Without = [IssuerKey] }),
        Leaf("its authority key identifier is another", CertificateFault.WrongKeyIdentifier, new Shape { With = [OtherIssuerKey()] }),
        Leaf("it has no address of a revocation list", CertificateFault.NoRevocationAddress, new Shape { Without = [Lists] }),
        Leaf("its revocation list is behind TLS", CertificateFault.NoRevocationAddress, new Shape { With = [TestPki.ListAt("https://127.0.0.1/issuing.crl")] }),
        Leaf("its revocation address cannot be decoded", CertificateFault.BadChain, new Shape { With = [new X509Extension(Lists, [0x30, 0x02, 0x01, 0x01], false)] }),
        Leaf("it has an extension twice", CertificateFault.DuplicateExtension, new Shape { With = [Plain("1.2.3.4"), Plain("1.2.3.5")], Patch = Replace([0x2A, 0x03, 0x05], [0x2A, 0x03, 0x04]) }),
        Leaf("it has an unknown critical extension", CertificateFault.UnknownCriticalExtension, new Shape { With = [new X509Extension("1.2.3.4", [0x05, 0x00], true)] }),
        Leaf("its key usage cannot be decoded", CertificateFault.Malformed, new Shape { With = [new X509Extension(KeyUsage, [0x03, 0x01], true)] }),
        Leaf("it is larger than 16 KiB", CertificateFault.TooLarge, new Shape { With = [new X509Extension("1.2.3.4", new byte[17_000], false)] }),
        new("it comes with six others", CertificateFault.TooLarge, pki => new Presented(
            pki.Device(new Shape()), pki.Issuing.Certificate, pki.Root.Certificate, pki.Root.Certificate, pki.Root.Certificate, pki.Root.Certificate, pki.Root.Certificate)),
        new("its signature is changed", CertificateFault.BadChain, pki => Tampered(pki, new Shape(), der => der[^1] ^= 1)),
        new("its device id was changed to the right one", CertificateFault.BadChain, pki => Tampered(pki, new Shape { With = [TestPki.Names("gw-0002")] }, der => der[der.AsSpan().LastIndexOf("gw-0001"u8) + 6] ^= 3)),
        .. BadIssuers.All,
    ];

    private static BadCertificate Leaf(string name, CertificateFault expected, Shape shape) =>
        new(name, expected, pki => new Presented(pki.Device(shape), pki.Issuing.Certificate));

    private static BadCertificate Keyed(string name, CertificateFault expected, Func<TestPki, AsymmetricAlgorithm> make) => new(name, expected, pki =>
    {
        AsymmetricAlgorithm key = make(pki);
        return new Presented(pki.Device(new Shape { Key = key }), pki.Issuing.Certificate) { Key = key };
    });

    private static Presented Tampered(TestPki pki, Shape shape, Action<byte[]> change)
    {
        byte[] der = pki.Device(shape).RawData;
        change(der);
        return new Presented(X509CertificateLoader.LoadCertificate(der), pki.Issuing.Certificate);
    }

    private static Func<byte[], byte[]> Replace(byte[] old, byte[] replacement) => body =>
    {
        int at = body.AsSpan().IndexOf(old);
        Assert.True(at > 0, "The bytes to replace are not there.");
        replacement.CopyTo(body.AsSpan(at));
        return body;
    };

    private static X509Extension Plain(string name) => new(name, [0x05, 0x00], critical: false);

    private static X509Extension Uri(string uri)
    {
        var builder = new SubjectAlternativeNameBuilder();
        builder.AddUri(new Uri(uri));
        return builder.Build();
    }

    private static X509AuthorityKeyIdentifierExtension OtherIssuerKey() =>
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new X509SubjectKeyIdentifierExtension(new byte[20], critical: false));
}
