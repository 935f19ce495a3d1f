using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What CertificateManager leaves behind: a journal, and keys in a folder. And the authority that signed for them.</summary>
internal sealed class IdentityBench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-identity-");
    private readonly ECDsa _issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private long _serial = 1;

    public IdentityBench()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _root = Authority("CN=Root", rootKey).CreateSelfSigned(now.AddDays(-2), now.AddDays(9));
        using X509Certificate2 bare = Authority("CN=Issuing", _issuingKey).Create(_root, now.AddDays(-2), now.AddDays(8), [1]);
        Issuing = bare.CopyWithPrivateKey(_issuingKey);
    }

    public X509Certificate2 Issuing { get; }

    public string Folder => _folder.FullName;

    public string KeyFolder => Path.Combine(_folder.FullName, "keys");

    /// <summary>Makes a new key in a slot, as another process does, and a chain for it.</summary>
    public async Task<string> IssueAsync(DeviceKeySlot slot)
    {
        using var keys = new FileKeyProvider(KeyFolder);
        await keys.DestroyAsync(slot, TestContext.Current.CancellationToken);
        IDeviceKey key = Assert.IsType<KeyOpening.Opened>(await keys.CreateAsync(slot, TestContext.Current.CancellationToken)).Key;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=gateway-1"), PublicKey.CreateFromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _), HashAlgorithmName.SHA256);
        using X509Certificate2 leaf = request.Create(Issuing, now.AddDays(-1), now.AddDays(7), [7, (byte)_serial++]);
        return string.Join('\n', leaf.ExportCertificatePem(), Issuing.ExportCertificatePem(), _root.ExportCertificatePem());
    }

    public Task WriteAsync(RenewalJournal journal) => DurableFile.ReplaceAsync(
        Path.Combine(Folder, JournalCertificates.FileName), RenewalJournalJson.ToBytes(journal), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _root.Dispose();
        Issuing.Dispose();
        _issuingKey.Dispose();
        _folder.Delete(recursive: true);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
