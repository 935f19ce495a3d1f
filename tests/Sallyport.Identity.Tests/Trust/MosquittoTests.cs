using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>The table of bad certificates against mosquitto with require_certificate and a revocation list: a judge that nobody here wrote.</summary>
public sealed class MosquittoTests : IDisposable
{
    /// <summary>What any judge must refuse. mosquitto looks neither at names nor at what our own authority puts into certificates.</summary>
    private static readonly CertificateFault[] RefusedByAnyone =
    [
        CertificateFault.Expired, CertificateFault.NotYetValid, CertificateFault.IncompleteChain, CertificateFault.UnknownRoot,
        CertificateFault.IssuerNotAuthority, CertificateFault.PathTooLong, CertificateFault.NameConstraint, CertificateFault.UnknownCriticalExtension,
    ];

    private readonly TestPki _pki = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-mosquitto-").FullName;

    public void Dispose()
    {
        _pki.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_mosquitto_refuses_is_refused_here()
    {
        string broker = Peer.Require("mosquitto");
        string client = Peer.Require("mosquitto_pub");
        int port = FreePort();
        X509Certificate2 revoked = _pki.Device(new Shape { Serial = Convert.FromHexString("7A0102030405060708090A0B0C0D0E0F") });
        string configuration = Configure(port, revoked);
        await using PeerProcess mosquitto = await PeerProcess.StartAsync(
            broker, line => line.Contains("running", StringComparison.Ordinal), "-c", configuration, "-v");

        Assert.True(await IsAcceptedAsync(client, port, new Presented(_pki.Device(new Shape()), _pki.Issuing.Certificate)), "The good certificate is refused.");
        Assert.False(await IsAcceptedAsync(client, port, new Presented(revoked, _pki.Issuing.Certificate)), "The revoked certificate is accepted.");
        var table = new StringBuilder();
        var missed = new List<string>();
        foreach (BadCertificate bad in BadCertificates.All)
        {
            Presented shown = bad.Make(_pki);
            bool isAccepted = await IsAcceptedAsync(client, port, shown);
            bool isAcceptedHere = Judge(shown) is CertificateVerdict.Accepted;
            table.AppendLine(CultureInfo.InvariantCulture, $"{bad.Name,-60} mosquitto {(isAccepted ? "accepts" : "refuses"),-8} we say {bad.Expected}");
            if (isAcceptedHere || (isAccepted && RefusedByAnyone.Contains(bad.Expected)))
            {
                missed.Add(bad.Name);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.Empty(missed);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private CertificateVerdict Judge(Presented shown) =>
        new CertificateValidator(LinkProfile.Device, [_pki.Root.Certificate], new FakeTimeProvider(_pki.Now)).Validate(
            shown.Leaf, [.. shown.Issuers], new PeerName.Device("gw-0001") { RegistrationId = "gw-0001" });

    private string Configure(int port, X509Certificate2 revoked)
    {
        Write("root.pem", _pki.Root.Certificate.ExportCertificatePem());
        Write("server.pem", _pki.Server(new Shape()).ExportCertificatePem(), _pki.Issuing.Certificate.ExportCertificatePem());
        Write("server.key", ((ECDsa)TestPki.DeviceKey).ExportPkcs8PrivateKeyPem());
        byte[] list = _pki.Issuing.RevocationList(1, _pki.Now.AddMinutes(-5), _pki.Now.AddDays(7), revoked);
        Write("lists.pem", PemEncoding.WriteString("X509 CRL", list));
        return Write(
            "mosquitto.conf",
            $"listener {port} 127.0.0.1",
            "user root",
            $"cafile {_folder}/root.pem",
            $"certfile {_folder}/server.pem",
            $"keyfile {_folder}/server.key",
            $"crlfile {_folder}/lists.pem",
            "require_certificate true",
            "use_identity_as_username true",
            "tls_version tlsv1.2");
    }

    private async Task<bool> IsAcceptedAsync(string client, int port, Presented shown)
    {
        string chain = Write("client.pem", [.. shown.Issuers.Prepend(shown.Leaf).Select(one => one.ExportCertificatePem())]);
        string key = Write("client.key", shown.Key is RSA rsa ? rsa.ExportPkcs8PrivateKeyPem() : ((ECDsa)shown.Key).ExportPkcs8PrivateKeyPem());
        using Process process = Process.Start(new ProcessStartInfo(
            client,
            [
                "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-t", "t", "-m", "m", "--cafile", $"{_folder}/root.pem",
                "--cert", chain, "--key", key, "--tls-version", "tlsv1.2",
            ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    private string Write(string name, params string[] lines)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
