using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests;

/// <summary>What we show as a client: read from files, and sent with everything that is between it and the root.</summary>
public sealed class DeviceCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-certificate-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuing;
    private readonly X509Certificate2 _leaf;

    public DeviceCertificateTests()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _root = Authority("CN=Root", rootKey).CreateSelfSigned(Now.AddDays(-2), Now.AddDays(9));
        _issuing = Authority("CN=Issuing", issuingKey).Create(_root, Now.AddDays(-2), Now.AddDays(8), [1]);
        using X509Certificate2 issuer = _issuing.CopyWithPrivateKey(issuingKey);
        _leaf = new CertificateRequest("CN=gateway-1", _key, HashAlgorithmName.SHA256).Create(issuer, Now.AddDays(-1), Now.AddDays(7), [2]);
        File.WriteAllText(CertificateFile, $"{_leaf.ExportCertificatePem()}\n{_issuing.ExportCertificatePem()}\n{_root.ExportCertificatePem()}\n");
        File.WriteAllText(KeyFile, _key.ExportPkcs8PrivateKeyPem());
    }

    private string CertificateFile => Path.Combine(_folder.FullName, "device.pem");

    private string KeyFile => Path.Combine(_folder.FullName, "device.key");

    public void Dispose()
    {
        _key.Dispose();
        _root.Dispose();
        _issuing.Dispose();
        _leaf.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_leaf_goes_with_what_is_between_it_and_the_root()
    {
        Assert.True(DeviceCertificate.TryRead(CertificateFile, KeyFile, out DeviceCertificate? own, out _));
        using (own)
        {
            string[] shown = await ShakeHandsAsync(own);
            Assert.Equal(["CN=gateway-1", "CN=Issuing"], shown);
            Assert.Equal("gateway-1", own.CommonName);
            Assert.Equal(_leaf.GetCertHashString(HashAlgorithmName.SHA256), own.Thumbprint);
            Assert.Equal("certificate 02 of 'CN=gateway-1'", own.ToString());
        }
    }

    [Fact]
    public void A_leaf_without_a_key_is_not_taken() =>
        Assert.Throws<ArgumentException>(() => new DeviceCertificate(_leaf, []));

    [Fact]
    public void A_key_in_the_form_of_openssl_is_read()
    {
        File.WriteAllText(KeyFile, _key.ExportECPrivateKeyPem());
        Assert.True(DeviceCertificate.TryRead(CertificateFile, KeyFile, out DeviceCertificate? own, out _));
        own.Dispose();
    }

    [Fact]
    public void Files_that_are_wrong_are_refused_with_a_reason_that_names_them()
    {
        Assert.Equal("/nowhere cannot be read: Could not find file '/nowhere'.", Reason("/nowhere", KeyFile));
        string other = Write("other.key", ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem());
        string locked = Write("locked.key", _key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)));
        string none = Write("none.pem", "nothing");
        string broken = Write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        string large = Write("large.pem", new string('x', 65 * 1024));
        Assert.Equal($"{none} holds no certificate in PEM.", Reason(none, KeyFile));
        Assert.Equal($"{large} is longer than 64 KiB.", Reason(large, KeyFile));
        foreach ((string certificate, string key) in ((string, string)[])[(CertificateFile, other), (CertificateFile, locked), (CertificateFile, none), (broken, KeyFile)])
        {
            Assert.Equal($"{certificate} and {key} are not a certificate in PEM and its key in PEM without a password.", Reason(certificate, key));
        }
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static string Reason(string certificateFile, string keyFile)
    {
        Assert.False(DeviceCertificate.TryRead(certificateFile, keyFile, out _, out string? reason));
        return reason;
    }

    // Any server will do; it shows our own certificate for its own.
    private static async Task<string[]> ShakeHandsAsync(DeviceCertificate own)
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        string[] shown = [];
        using var client = new TcpClient();
        await client.ConnectAsync((System.Net.IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using TcpClient accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var server = new SslStream(accepted.GetStream());
        await using var stream = new SslStream(client.GetStream());
        Task serving = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = own.Context,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
            {
                shown = [leaf!.Subject, .. chain!.ChainPolicy.ExtraStore.Select(one => one.Subject)];
                return true;
            },
        });
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "anybody",
            ClientCertificateContext = own.Context,
            RemoteCertificateValidationCallback = (_, leaf, _, _) => leaf is not null,
        });
        await serving;
        return shown;
    }

    private string Write(string name, string content)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }
}
