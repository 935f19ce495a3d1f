using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>Modbus TLS: independent stacks behind socat (OpenSSL), which lets in who has a certificate of the plant's authority.</summary>
/// <remarks>facts 6.32</remarks>
public sealed class TlsPeerTests : IAsyncLifetime
{
    private const string Role = "Reader";

    private readonly PlantCertificates _plant = new();
    private readonly PlantCertificates _stranger = new();
    private readonly int _port = KnownDevice.FreePort();
    private PeerProcess? _device;
    private PeerProcess? _socat;

    public ValueTask InitializeAsync() => ServeAsync("libmodbus");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _plant.Dispose();
        _stranger.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("libmodbus")]
    [InlineData("pymodbus")]
    [InlineData("jsmodbus")]
    [InlineData("modbus-serial")]
    public async Task Every_table_of_a_device_behind_mutual_tls_is_read(string stack)
    {
        await StopAsync();
        await ServeAsync(stack);
        await using ReaderBench reader = Reader(_plant.CaFile, _plant.Reader(Role), Role);
        await reader.AssertReadsAllAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_whose_certificate_is_of_another_authority_is_let_in_by_nobody()
    {
        await using ReaderBench reader = Reader(_plant.CaFile, _stranger.Reader(Role), Role);
        await AssertUnreachableAsync(reader, "certificate");
        Assert.Empty(await reader.ReadAllAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_whose_certificate_is_of_another_authority_is_not_read()
    {
        await using ReaderBench reader = Reader(_stranger.CaFile, _plant.Reader(Role), Role);
        await AssertUnreachableAsync(reader, "certificate refused");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_whose_certificate_has_another_role_than_planned_does_not_connect()
    {
        await using ReaderBench reader = Reader(_plant.CaFile, _plant.Reader("Operator"), Role);
        await AssertUnreachableAsync(reader, "role");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_without_tls_gets_nothing_from_the_secure_port()
    {
        await using var reader = new ReaderBench($"modbus-tcp://{KnownDevice.Address}:{_port}", KnownContents.Points());
        Assert.Empty(await reader.ReadAllAsync());
    }

    /// <summary>The plan cannot leave the certificate out, so a bare client shows that the peer does insist on one.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_client_without_certificate_is_not_let_in()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(KnownDevice.Address, _port, TestContext.Current.CancellationToken);
#pragma warning disable CA5359 // The peer is under test here, not our trust in it.
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.AuthenticateAsClientAsync(KnownDevice.Address);
            await stream.WriteAsync(new byte[] { 0, 1, 0, 0, 0, 6, KnownDevice.UnitId, 3, 0, 3, 0, 1 }, TestContext.Current.CancellationToken);
            await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
        });
    }

    private async ValueTask ServeAsync(string stack)
    {
        int inner = KnownDevice.FreePort();
        _device = await KnownDevice.StartTcpAsync(stack, inner);
        (string certificate, string key) = _plant.Device();
        _socat = await Socat.ListenAsync(
            $"OPENSSL-LISTEN:{_port},bind={KnownDevice.Address},reuseaddr,fork,cert={certificate},key={key},cafile={_plant.CaFile},verify=1,openssl-min-proto-version=TLS1.2",
            $"TCP:{KnownDevice.Address}:{inner}");
    }

    private async ValueTask StopAsync()
    {
        await (_socat?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_device?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task AssertUnreachableAsync(ReaderBench reader, string reason)
    {
        ReadOutcome.Unreachable outcome = Assert.IsType<ReadOutcome.Unreachable>(await reader.ReadAsync(3, 1, new byte[250]));
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }

    private ReaderBench Reader(string caFile, (string Certificate, string Key) own, string role) => new(
        $"modbus-tls://{KnownDevice.Address}:{_port}",
        KnownContents.Points(),
        new JsonObject
        {
            ["tls"] = new JsonObject { ["caFile"] = caFile, ["certificateFile"] = own.Certificate, ["keyFile"] = own.Key, ["role"] = role, ["revocation"] = "none-published" },
        });
}
