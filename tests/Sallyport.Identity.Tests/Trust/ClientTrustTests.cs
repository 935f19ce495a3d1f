using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>Both sides of a real handshake, each with our own judgement.</summary>
public sealed class ClientTrustTests : IDisposable
{
    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Theory]
    [InlineData("gw-0001")]
    [InlineData("gw-0002")]
    public async Task A_device_with_a_good_certificate_is_known_by_its_device_id(string id)
    {
        (ClientTrust client, ServerTrust server) = await ShakeHandsAsync(_pki.Device(new Shape { With = [TestPki.Names(id)] }));
        Assert.Null(client.Refusal);
        Assert.Null(server.Refusal);
        Assert.Equal(id, client.DeviceId);
    }

    [Fact]
    public async Task A_device_for_servers_alone_is_refused()
    {
        (ClientTrust client, _) = await ShakeHandsAsync(_pki.Device(new Shape { With = [TestPki.Usage(TestPki.ServerAuth)] }));
        Assert.Equal(CertificateFault.WrongExtendedKeyUsage, client.Refusal?.Fault);
        Assert.Null(client.DeviceId);
    }

    [Fact]
    public async Task A_device_with_two_names_or_none_is_nobody()
    {
        (ClientTrust two, _) = await ShakeHandsAsync(_pki.Device(new Shape { With = [TestPki.Names("gw-0001", "gw-0002")] }));
        Assert.Equal(CertificateFault.WrongName, two.Refusal?.Fault);
        (ClientTrust none, _) = await ShakeHandsAsync(_pki.Device(new Shape { Without = ["2.5.29.17"] }));
        Assert.Equal(CertificateFault.WrongName, none.Refusal?.Fault);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused()
    {
        (ClientTrust client, _) = await ShakeHandsAsync(device: null);
        Assert.Equal(CertificateFault.Missing, client.Refusal?.Fault);
    }

    private static async Task<bool> TryAsync(Task handshake)
    {
        try
        {
            await handshake;
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private SslStreamCertificateContext Context(X509Certificate2 leaf)
    {
        using X509Certificate2 keyed = leaf.CopyWithPrivateKey((ECDsa)TestPki.DeviceKey);

        // Through PKCS#12, because SslStream wants a key that is not of this test.
        X509Certificate2 own = X509CertificateLoader.LoadPkcs12(keyed.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(own, [_pki.Issuing.Certificate], offline: true);
    }

    private async Task<(ClientTrust Client, ServerTrust Server)> ShakeHandsAsync(X509Certificate2? device)
    {
        var time = new FakeTimeProvider(_pki.Now);
        X509Certificate2Collection roots = [_pki.Root.Certificate];
        var clientTrust = new ClientTrust(roots, new CertificateValidator(LinkProfile.Device, roots, time) { RevocationPolicy = RevocationPolicy.WhenListed.Instance });
        var serverTrust = new ServerTrust(
            "localhost", roots, new CertificateValidator(LinkProfile.OwnServer, roots, time) { RevocationPolicy = RevocationPolicy.WhenListed.Instance });
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var dialled = new TcpClient();
        await dialled.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port, TestContext.Current.CancellationToken);
        using TcpClient accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var server = new SslStream(accepted.GetStream());
        await using var client = new SslStream(dialled.GetStream());
        Task<bool> serving = TryAsync(server.AuthenticateAsServerAsync(clientTrust.Options(Context(_pki.Server(new Shape()))), TestContext.Current.CancellationToken));
        bool isDone = await TryAsync(client.AuthenticateAsClientAsync(
            serverTrust.Options(device is null ? null : Context(device)), TestContext.Current.CancellationToken));
        bool isServed = await serving;
        Assert.Equal(clientTrust.Refusal is null, isServed);
        Assert.True(isDone || !isServed, "The client refused the server.");
        return (clientTrust, serverTrust);
    }
}
