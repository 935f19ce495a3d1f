using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>Our own PKI as the profiles have it: offline root, issuing authority, devices and servers. Dated now, for peers look at the clock of the host.</summary>
internal sealed class TestPki : IDisposable
{
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    private static readonly Lazy<ECDsa> LeafKey = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private readonly List<X509Certificate2> _made = [];
    private readonly List<AsymmetricAlgorithm> _keys = [];

    public TestPki()
    {
        long second = TimeSpan.TicksPerSecond;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Now = new DateTimeOffset(now.Ticks / second * second, TimeSpan.Zero);
        Root = SelfSigned("CN=Test Root, O=Plant", NewKey(ECCurve.NamedCurves.nistP384));
        IssuingKey = NewKey(ECCurve.NamedCurves.nistP256);
        Issuing = Authority(new Shape());
    }

    public DateTimeOffset Now { get; }

    public PkiNode Root { get; }

    public PkiNode Issuing { get; }

    public AsymmetricAlgorithm IssuingKey { get; }

    public static AsymmetricAlgorithm DeviceKey => LeafKey.Value;

    public AsymmetricAlgorithm NewKey(ECCurve curve)
    {
        var key = ECDsa.Create(curve);
        _keys.Add(key);
        return key;
    }

    public AsymmetricAlgorithm NewRsa(int size)
    {
        var key = RSA.Create(size);
        _keys.Add(key);
        return key;
    }

    public PkiNode SelfSigned(string name, AsymmetricAlgorithm key, int pathLength = 2)
    {
        CertificateRequest request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        X509Certificate2 made = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(19));
        _made.Add(made);
        return new PkiNode(made, key);
    }

    /// <summary>An authority below another one. It has the name and key of the issuing authority unless the shape says otherwise, so that one list fits all.</summary>
    public PkiNode Authority(Shape shape, PkiNode? issuer = null, string name = "CN=Test Issuing, O=Plant", int pathLength = 1)
    {
        AsymmetricAlgorithm key = shape.Key ?? IssuingKey;
        PkiNode above = issuer ?? Root;
        CertificateRequest request = Request(name, key);
        Add(
            request,
            shape,
            new X509BasicConstraintsExtension(true, true, pathLength, critical: true),
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true),
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false),
            KeyIdentifierOf(above),
            ListAt("http://127.0.0.1/root.crl"));
        TimeSpan until = shape.Until == new Shape().Until ? TimeSpan.FromDays(1000) : shape.Until;
        X509Certificate2 made = above.Issue(request, Now + shape.From, Now + until, shape.Serial, shape.HasSha1, shape.Patch);
        _made.Add(made);
        return new PkiNode(made, key);
    }

    /// <summary>A device, good for gw-0001 unless the shape says otherwise.</summary>
    public X509Certificate2 Device(Shape shape, PkiNode? issuer = null) =>
        Leaf(shape, issuer ?? Issuing, Names("gw-0001"), ClientAuth);

    /// <summary>A server at 127.0.0.1 and localhost.</summary>
    public X509Certificate2 Server(Shape shape, PkiNode? issuer = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddDnsName("localhost");
        return Leaf(shape with { Subject = "CN=broker" }, issuer ?? Issuing, names.Build(), ServerAuth);
    }

    public static X509Extension Names(params string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            builder.AddDnsName(name);
        }

        return builder.Build();
    }

    public static X509Extension Usage(params string[] usages) =>
        new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], critical: false);

    public static X509Extension KeyUsage(X509KeyUsageFlags flags) => new X509KeyUsageExtension(flags, critical: true);

    public static X509Extension ListAt(string address) => CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([address]);

    public void Dispose()
    {
        _made.ForEach(one => one.Dispose());
        _keys.ForEach(one => one.Dispose());
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key) => key is RSA rsa
        ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);

    private static X509AuthorityKeyIdentifierExtension KeyIdentifierOf(PkiNode issuer) =>
        issuer.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } own
            ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(own)
            : X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new X509SubjectKeyIdentifierExtension([1, 2, 3], critical: false));

    private static void Add(CertificateRequest request, Shape shape, params X509Extension[] extensions)
    {
        var replaced = shape.With.Select(one => one.Oid!.Value).Concat(shape.Without).ToHashSet(StringComparer.Ordinal);
        foreach (X509Extension extension in extensions.Where(one => !replaced.Contains(one.Oid!.Value)).Concat(shape.With))
        {
            request.CertificateExtensions.Add(extension);
        }
    }

    private X509Certificate2 Leaf(Shape shape, PkiNode issuer, X509Extension names, string usage)
    {
        CertificateRequest request = Request(shape.Subject, shape.Key ?? DeviceKey);
        Add(
            request,
            shape,
            new X509BasicConstraintsExtension(false, false, 0, critical: true),
            KeyUsage(X509KeyUsageFlags.DigitalSignature),
            Usage(usage),
            names,
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false),
            KeyIdentifierOf(issuer),
            ListAt("http://127.0.0.1/issuing.crl"));
        X509Certificate2 made = issuer.Issue(request, Now + shape.From, Now + shape.Until, shape.Serial, shape.HasSha1, shape.Patch);
        _made.Add(made);
        return made;
    }
}
