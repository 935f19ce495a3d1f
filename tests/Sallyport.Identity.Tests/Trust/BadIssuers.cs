using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>The second part of the table: certificates that are good by themselves, below an issuer that is bad in one way.</summary>
internal static class BadIssuers
{
    public static IReadOnlyList<BadCertificate> All { get; } =
    [
        new("its issuer is not presented", CertificateFault.IncompleteChain, pki => new Presented(pki.Device(new Shape()))),
        new("its root is another", CertificateFault.UnknownRoot, pki =>
        {
            PkiNode root = pki.SelfSigned("CN=Other Root", pki.NewKey(ECCurve.NamedCurves.nistP256));
            PkiNode issuing = pki.Authority(new Shape(), root);
            return new Presented(pki.Device(new Shape(), issuing), issuing.Certificate, root.Certificate);
        }),
        new("its root has the name of ours", CertificateFault.WrongKeyIdentifier, pki =>
        {
            PkiNode root = pki.SelfSigned("CN=Test Root, O=Plant", pki.NewKey(ECCurve.NamedCurves.nistP256));
            PkiNode issuing = pki.Authority(new Shape { Key = pki.NewKey(ECCurve.NamedCurves.nistP256) }, root);
            return new Presented(pki.Device(new Shape(), issuing), issuing.Certificate);
        }),
        new("it is self-signed", CertificateFault.UnknownRoot, SelfSigned),
        new("its issuer is another device", CertificateFault.IssuerNotAuthority, pki =>
        {
            X509Certificate2 device = pki.Device(new Shape { Subject = "CN=gw-0002" });
            return new Presented(pki.Device(new Shape(), new PkiNode(device, TestPki.DeviceKey)), device, pki.Issuing.Certificate);
        }),
        Below("its issuer has expired", CertificateFault.Expired, new Shape { From = TimeSpan.FromDays(-9), Until = TimeSpan.FromSeconds(-1) }, TimeSpan.FromDays(1)),
        Below("its issuer is not valid yet", CertificateFault.NotYetValid, new Shape { From = TimeSpan.FromHours(1) }),
        Below("it outlives its issuer", CertificateFault.OutlivesIssuer, new Shape { Until = TimeSpan.FromDays(59) }),
        Below("its issuer says CA:FALSE", CertificateFault.IssuerNotAuthority, new Shape { With = [new X509BasicConstraintsExtension(false, false, 0, true)] }),
        Below("its issuer has no basic constraints", CertificateFault.IssuerNotAuthority, new Shape { Without = ["2.5.29.19"] }),
        Below("its issuer lacks keyCertSign", CertificateFault.IssuerMayNotSign, new Shape { With = [TestPki.KeyUsage(X509KeyUsageFlags.CrlSign)] }),
        Below("its issuer has no key usage", CertificateFault.IssuerMayNotSign, new Shape { Without = ["2.5.29.15"] }),
        Below("its issuer is for servers alone", CertificateFault.IssuerMayNotSign, new Shape { With = [TestPki.Usage(TestPki.ServerAuth)] }),
        Below("its issuer has an unknown critical extension", CertificateFault.UnknownCriticalExtension, new Shape { With = [new X509Extension("1.2.3.4", [5, 0], true)] }),
        Below("its issuer may certify other names alone", CertificateFault.NameConstraint, new Shape { With = [Permitted("other.example")] }),
        Below("its issuer is signed with SHA-1", CertificateFault.WeakSignature, new Shape { HasSha1 = true }),
        new("its issuer's key is RSA-1024", CertificateFault.WeakKey, pki =>
        {
            PkiNode issuing = pki.Authority(new Shape { Key = pki.NewRsa(1024) }, name: "CN=Test Weak, O=Plant");
            return new Presented(pki.Device(new Shape(), issuing), issuing.Certificate);
        }),
        new("more authorities follow than the path length allows", CertificateFault.PathTooLong, pki =>
        {
            PkiNode last = pki.Authority(new Shape(), pathLength: 0);
            PkiNode edge = pki.Authority(new Shape { Key = pki.NewKey(ECCurve.NamedCurves.nistP256) }, last, "CN=Test Edge, O=Plant", pathLength: 0);
            return new Presented(pki.Device(new Shape(), edge), edge.Certificate, last.Certificate);
        }),
    ];

    private static BadCertificate Below(string name, CertificateFault expected, Shape issuer, TimeSpan? until = null) => new(name, expected, pki =>
    {
        PkiNode issuing = pki.Authority(issuer);
        return new Presented(pki.Device(until is { } end ? new Shape { Until = end } : new Shape(), issuing), issuing.Certificate);
    });

    private static Presented SelfSigned(TestPki pki)
    {
        var request = new CertificateRequest("CN=gw-0001", (ECDsa)TestPki.DeviceKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(TestPki.KeyUsage(X509KeyUsageFlags.DigitalSignature));
        request.CertificateExtensions.Add(TestPki.Usage(TestPki.ClientAuth));
        request.CertificateExtensions.Add(TestPki.Names("gw-0001"));
        return new Presented(request.CreateSelfSigned(pki.Now.AddDays(-1), pki.Now.AddDays(10)));
    }

    // permittedSubtrees [0] with one dNSName [2]
    private static X509Extension Permitted(string domain)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes(domain);
        byte length = (byte)name.Length;
        return new X509Extension(
            "2.5.29.30", [0x30, (byte)(length + 6), 0xA0, (byte)(length + 4), 0x30, (byte)(length + 2), 0x82, length, .. name], critical: true);
    }
}
