using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>openssl s_server as a judge: it demands a client certificate and sends back reversed what it is told.</summary>
internal static class OpenSslServer
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Connects with the certificate and has the text sent back.</summary>
    public static async Task<string> EchoAsync(X509Certificate2 client, string version, string text)
    {
        string openssl = Peer.Require("openssl");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tls");
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using X509Certificate2 server = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
            string keyFile = Path.Combine(folder.FullName, "key.pem");
            string certificateFile = Path.Combine(folder.FullName, "certificate.pem");
            string clientFile = Path.Combine(folder.FullName, "client.pem");
            await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Cancellation);
            await File.WriteAllTextAsync(certificateFile, server.ExportCertificatePem(), Cancellation);
            await File.WriteAllTextAsync(clientFile, client.ExportCertificatePem(), Cancellation);
            await using PeerProcess peer = await PeerProcess.StartAsync(
                openssl, "s_server", "-accept", "127.0.0.1:0", "-cert", certificateFile, "-key", keyFile, "-CAfile", clientFile, "-Verify", "1", "-verify_return_error",
                "-rev", "-no_dhe", version);
            return await EchoAsync(int.Parse(peer.FirstLine.Split(':')[^1], provider: null), client, server, text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> EchoAsync(int port, X509Certificate2 client, X509Certificate2 server, string text)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await using var stream = new SslStream(socket.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "server",
            ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(server.RawDataMemory.Span),
        };
        await stream.AuthenticateAsClientAsync(options, Cancellation);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\n"), Cancellation);
        byte[] answer = new byte[text.Length];
        await stream.ReadExactlyAsync(answer, Cancellation);
        Array.Reverse(answer);
        return Encoding.ASCII.GetString(answer);
    }
}
