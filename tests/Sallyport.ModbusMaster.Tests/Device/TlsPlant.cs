using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A plant that certifies its devices as the product does, and publishes revocation lists.</summary>
internal sealed class TlsPlant : IDisposable
{
    private const string Address = "http://crl.example/root.crl";

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly X509Certificate2 _root;
    private readonly SigningAuthority _authority;
    private readonly string _caFile = Path.GetTempFileName();
    private int _number;

    public TlsPlant()
    {
        _root = SigningAuthority.SelfSign(new IssueOrder(CertificateProfile.Root, "Plant root", TimeSpan.FromDays(365)), _rootKey, TimeProvider.System);
        _authority = new SigningAuthority(_root, X509SignatureGenerator.CreateForECDsa(_rootKey), new Uri(Address), TimeProvider.System);
        File.WriteAllText(_caFile, _root.ExportCertificatePem());
        Lists.Watch(_root);
    }

    public RevocationStore Lists { get; } = new(TimeProvider.System);

    public X509Certificate2 Device { get; private set; } = null!;

    /// <summary>A device's certificate for loopback, with its key.</summary>
    public X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] asked = new CertificateRequest("CN=press", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var order = new IssueOrder(CertificateProfile.ServerOnly, "press", TimeSpan.FromDays(30)) { Addresses = [IPAddress.Loopback] };
        Device = ((IssueOutcome.Issued)_authority.Issue(((SigningRequestReading.Read)SigningRequest.Read(asked)).Request, order)).Certificate;
        return Device.CopyWithPrivateKey(key);
    }

    /// <summary>Signs a list and brings it to the gateway.</summary>
    public void Publish(params X509Certificate2[] revoked)
    {
        byte[] der = _authority.RevocationList(
            revoked.Select(one => new RevokedCertificate(one.SerialNumber, TimeProvider.System.GetUtcNow(), X509RevocationReason.KeyCompromise)), new BigInteger(++_number), TimeSpan.FromDays(7));
        Assert.True(RevocationList.TryRead(der, out RevocationList? list, out string reason), reason);
        Assert.IsType<RevocationListOutcome.Accepted>(Lists.Offer(list));
    }

    /// <summary>Nothing is relaxed; our own certificate is of another authority, which the device knows.</summary>
    public TlsPlan Plan(TlsFiles own)
    {
        TlsPlan plan = own.Own();
        return new TlsPlan(_caFile, plan.CertificateFile, plan.KeyFile, Role: null);
    }

    public void Dispose()
    {
        Lists.Dispose();
        Device?.Dispose();
        _root.Dispose();
        _rootKey.Dispose();
        File.Delete(_caFile);
    }
}
