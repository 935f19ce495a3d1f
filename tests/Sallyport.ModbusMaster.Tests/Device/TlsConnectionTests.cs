using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Modbus inside TLS with certificates on both sides (facts 6.32). Certificates have real dates, so that the clock is the real one.</summary>
public sealed class TlsConnectionTests : IDisposable
{
    private const int TestLimit = 60_000;

    private readonly TestMeters _meters = new();
    private readonly TlsFiles _files = new();
    private readonly ModbusMasterFactory _factory;

    public TlsConnectionTests() => _factory = new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, NullLoggerFactory.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _meters.Dispose();
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Registers_are_read_when_both_sides_know_each_other(SslProtocols version)
    {
        await using var device = new TlsDevice(_files, _files.Device()) { Protocols = version, Role = "Reader" };
        await using IModbusMaster master = _factory.Create(device.Plan(_files.Own(role: "Reader", demanded: "Reader")) with { Depth = 4 });
        await Parallel.ForAsync(0, 40, Stop, async (i, _) =>
        {
            byte[] data = new byte[250];
            Assert.IsType<ReadOutcome.Good>(await master.ReadAsync(1, new ReadRequest(ModbusTable.HoldingRegister, i, 2), data, Stop));
            Assert.Equal(i, data[1]);
        });
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_of_another_authority_is_refused()
    {
        using var others = new TlsFiles();
        await using var device = new TlsDevice(_files, others.Device());
        Assert.Equal("certificate refused: incomplete-chain", await FailureAsync(device.Plan(_files.Own())));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_was_not_dialled_is_refused()
    {
        await using var device = new TlsDevice(_files, _files.Device(address: "127.0.0.2"));
        Assert.Equal("certificate refused: wrong-name", await FailureAsync(device.Plan(_files.Own())));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_whose_certificate_has_expired_is_refused()
    {
        await using var device = new TlsDevice(_files, _files.Device(notAfter: TimeProvider.System.GetUtcNow().AddDays(-1)));
        Assert.Equal("certificate refused: expired", await FailureAsync(device.Plan(_files.Own())));
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_device_that_refuses_our_certificate_is_told_apart_from_a_dead_one(SslProtocols version)
    {
        using var others = new TlsFiles();
        await using var device = new TlsDevice(_files, _files.Device()) { Protocols = version };
        TlsPlan own = others.Own() with { CaFile = _files.CaFile };
        Assert.Contains("our certificate", await FailureAsync(device.Plan(own)), StringComparison.Ordinal);
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task While_a_device_that_refuses_our_certificate_is_left_alone_the_certificate_stays_the_reason_and_is_warned_of_once(SslProtocols version)
    {
        using var others = new TlsFiles();
        var log = new FakeLogCollector();
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(new FakeLoggerProvider(log)));
        await using var device = new TlsDevice(_files, _files.Device()) { Protocols = version };
        await using IModbusMaster master = new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, logs)
            .Create(device.Plan(others.Own() with { CaFile = _files.CaFile }));
        while (device.Refusals.Count < 3)
        {
            Assert.Contains("our certificate", Assert.IsType<ReadOutcome.Unreachable>(await ReadAsync(master)).Reason, StringComparison.Ordinal);
            await Task.Yield();
        }

        Assert.Single(log.GetSnapshot(), entry => entry.Id.Id == 1105);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_lets_nobody_in_without_a_certificate()
    {
        await using var device = new TlsDevice(_files, _files.Device()) { Protocols = SslProtocols.Tls12 };
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var endpoint = (ModbusEndpoint.Tls)device.Plan(_files.Own()).Endpoint;
        await socket.ConnectAsync(endpoint.Host, endpoint.Port, Stop);
        await using var tls = new SslStream(new NetworkStream(socket));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host, CertificateChainPolicy = Trusting() }, Stop);
            await tls.ReadExactlyAsync(new byte[1], Stop);
        });
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_refuses_a_role_that_may_not_read_by_an_exception()
    {
        await using var device = new TlsDevice(_files, _files.Device()) { Role = "Reader" };
        await using IModbusMaster master = _factory.Create(device.Plan(_files.Own(role: "Operator")));
        Assert.Equal(new ReadOutcome.Refused(new ModbusExceptionCode(1)), await ReadAsync(master));
    }

    [Theory(Timeout = TestLimit)]
    [InlineData("Operator", "own certificate has another role than the plan demands")]
    [InlineData(null, "own certificate has no role; the plan demands Reader")]
    public async Task Our_own_certificate_must_have_the_role_of_the_plan(string? role, string reason)
    {
        await using var device = new TlsDevice(_files, _files.Device());
        Assert.Equal(reason, await FailureAsync(device.Plan(_files.Own(role: role, demanded: "Reader"))));
        Assert.Empty(device.Refusals);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Certificates_are_read_again_at_each_connect()
    {
        using var others = new TlsFiles();
        await using var device = new TlsDevice(_files, _files.Device());
        TlsPlan own = others.Own() with { CaFile = _files.CaFile };
        await using IModbusMaster master = _factory.Create(device.Plan(own));
        Assert.IsType<ReadOutcome.Unreachable>(await ReadAsync(master));
        TlsPlan renewed = _files.Own("renewed");
        File.Copy(renewed.CertificateFile, own.CertificateFile, overwrite: true);
        File.Copy(renewed.KeyFile, own.KeyFile, overwrite: true);
        while (await ReadAsync(master) is not ReadOutcome.Good)
        {
            await Task.Yield();
        }
    }

    [Fact(Timeout = TestLimit)]
    public async Task Files_that_are_not_there_are_named()
    {
        await using var device = new TlsDevice(_files, _files.Device());
        TlsPlan own = _files.Own();
        Assert.Equal("certificate file /nowhere/ca.pem cannot be read", await FailureAsync(device.Plan(own with { CaFile = "/nowhere/ca.pem" })));
        Assert.Contains("/nowhere/key.pem", await FailureAsync(device.Plan(own with { KeyFile = "/nowhere/key.pem" })), StringComparison.Ordinal);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_without_tls_is_never_spoken_to_in_the_clear()
    {
        var device = new ScriptedDevice(turn => turn.SendAsync(turn.Correct()));
        await using IModbusMaster master = _factory.Create(device.Plan with
        {
            Endpoint = new ModbusEndpoint.Tls("127.0.0.1", device.Port),
            Tls = _files.Own(),
            ConnectTimeout = TimeSpan.FromSeconds(20),
        });
        Assert.IsType<ReadOutcome.Unreachable>(await ReadAsync(master));

        // A handshake record, and nothing after it.
        Assert.Equal(1, device.ConnectionCount);
        Assert.Equal(0x16, device.Requests.First()[0]);
        await device.DisposeAsync();
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_tls_server_that_nobody_here_wrote_is_read_through()
    {
        string socat = Peer.Require("socat");
        await using var device = new ScriptedDevice(turn => turn.SendAsync(turn.Correct()));
        using X509Certificate2 certificate = _files.Device();
        TlsPlan own = _files.Own(role: "Reader", demanded: "Reader");
        string options = $"cert={_files.PathOf("device")},key={_files.PathOf("device-key")},cafile={_files.CaFile},verify=1,fork,bind=127.0.0.1";
        using var server = Process.Start(new ProcessStartInfo(socat, ["-d", "-d", $"OPENSSL-LISTEN:0,{options}", $"TCP:127.0.0.1:{device.Port}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        try
        {
            int port = await ListeningPortAsync(server.StandardError);
            await using IModbusMaster master = _factory.Create(device.Plan with { Endpoint = new ModbusEndpoint.Tls("127.0.0.1", port), Tls = own });
            for (int i = 0; i < 5; i++)
            {
                Assert.IsType<ReadOutcome.Good>(await ReadAsync(master));
            }

            using var others = new TlsFiles();
            TlsPlan foreign = others.Own() with { CaFile = _files.CaFile };
            Assert.Contains("our certificate", await FailureAsync(device.Plan with { Endpoint = new ModbusEndpoint.Tls("127.0.0.1", port), Tls = foreign }), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<int> ListeningPortAsync(StreamReader log)
    {
        while (await log.ReadLineAsync(Stop) is { } line)
        {
            if (line.Contains("listening on", StringComparison.Ordinal))
            {
                return int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    private static async Task<ReadOutcome> ReadAsync(IModbusMaster master) =>
        await master.ReadAsync(1, new ReadRequest(ModbusTable.HoldingRegister, 100, 2), new byte[250], Stop);

    private X509ChainPolicy Trusting()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_files.CaFile);
        return policy;
    }

    private async Task<string> FailureAsync(ConnectionPlan plan)
    {
        await using IModbusMaster master = _factory.Create(plan);
        return Assert.IsType<ReadOutcome.Unreachable>(await ReadAsync(master)).Reason;
    }
}
