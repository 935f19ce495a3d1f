using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Issuing;

namespace Sallyport.Identity.Tests.Issuing;

/// <summary>A root and an issuing authority of a plant, made as the product makes them.</summary>
internal sealed class Plant : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public Plant()
    {
        RootKey = Owned(ECDsa.Create(ECCurve.NamedCurves.nistP384));
        Root = Owned(SigningAuthority.SelfSign(new IssueOrder(CertificateProfile.Root, "Plant root", TimeSpan.FromDays(7300)) { Organisation = "Plant 1" }, RootKey, Time));
        RootAuthority = new SigningAuthority(Root, X509SignatureGenerator.CreateForECDsa(RootKey), new Uri("http://crl.example/root.crl"), Time);
        IssuingKey = Owned(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Issuing = Issued(RootAuthority.Issue(RequestOf(IssuingKey, "Plant issuing"), new IssueOrder(CertificateProfile.IssuingAuthority, "Plant issuing", TimeSpan.FromDays(1825))));
        IssuingAuthority = new SigningAuthority(Issuing, X509SignatureGenerator.CreateForECDsa(IssuingKey), new Uri("http://crl.example/issuing.crl"), Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero));

    public ECDsa RootKey { get; }

    public ECDsa IssuingKey { get; }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public SigningAuthority RootAuthority { get; }

    public SigningAuthority IssuingAuthority { get; }

    public static IssueOrder DeviceOrder { get; } = new(CertificateProfile.Device, "gw-0001", TimeSpan.FromDays(90)) { Organisation = "Plant 1" };

    /// <summary>A request signed by a key, with what <paramref name="add"/> puts into it.</summary>
    public static SigningRequest RequestOf(AsymmetricAlgorithm key, string commonName, Action<CertificateRequest>? add = null) =>
        Assert.IsType<SigningRequestReading.Read>(SigningRequest.Read(BytesOf(key, commonName, add))).Request;

    public static byte[] BytesOf(AsymmetricAlgorithm key, string commonName, Action<CertificateRequest>? add = null)
    {
        string subject = commonName.Length == 0 ? "" : $"CN={commonName}";
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        add?.Invoke(request);
        return request.CreateSigningRequest();
    }

    public X509Certificate2 Issued(IssueOutcome outcome) => Owned(Assert.IsType<IssueOutcome.Issued>(outcome).Certificate);

    public X509Certificate2 IssueDevice(ECDsa key) => Issued(IssuingAuthority.Issue(RequestOf(key, "gw-0001"), DeviceOrder));

    public void Dispose() => _owned.ForEach(one => one.Dispose());

    private T Owned<T>(T one)
        where T : IDisposable
    {
        _owned.Add(one);
        return one;
    }
}
