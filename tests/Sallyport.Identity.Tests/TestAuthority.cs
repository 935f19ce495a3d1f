using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests;

/// <summary>A root, an issuing authority below it, and server certificates with one thing wrong at a time. Two of them differ only in their keys.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    // One pair for all tests: making one takes a tenth of a second and more.
    private static readonly Lazy<RSA> Rsa2048 = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> Rsa1024 = new(() => RSA.Create(1024));

    private readonly List<X509Certificate2> _issued = [];
    private readonly ECDsa _rootKey;
    private readonly ECDsa _issuingKey;

    public TestAuthority(ECCurve? curve = null)
    {
        _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Root = Authority("CN=Test Root", _rootKey).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(20));
        _issuingKey = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        Issuing = Authority("CN=Test Issuing", _issuingKey).Create(Root, Now.AddDays(-30), Now.AddDays(90), [1]);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public X509Certificate2 IssueServer(ServerShape shape)
    {
        RSA rsa = shape.RsaKeySizeInBits == 2048 ? Rsa2048.Value : Rsa1024.Value;
        var request = new CertificateRequest("CN=" + shape.CommonName, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (shape.Usages.Length > 0)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([.. shape.Usages.Select(usage => new Oid(usage))], critical: false));
        }

        if (shape.KeyUsage is { } keyUsage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(keyUsage, critical: true));
        }

        if (shape.IsAuthority)
        {
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        }

        if (shape.Names.Length > 0)
        {
            request.CertificateExtensions.Add(Names(shape.Names));
        }

        foreach (X509Extension extension in shape.Further)
        {
            request.CertificateExtensions.Add(extension);
        }

        X509SignatureGenerator generator = X509SignatureGenerator.CreateForECDsa(_issuingKey);
        generator = shape.ClaimsSha1 ? new Sha1Claim(generator) : generator;
        X509Certificate2 issued = request.Create(Issuing.SubjectName, generator, shape.NotBefore, shape.NotAfter, [2, 3, 4]);
        _issued.Add(issued);
        return issued;
    }

    public void Dispose()
    {
        _issued.ForEach(one => one.Dispose());
        Issuing.Dispose();
        Root.Dispose();
        _issuingKey.Dispose();
        _rootKey.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request;
    }

    private static X509Extension Names(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
