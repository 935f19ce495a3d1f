using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>A broker that is let in and then sends anything at all.</summary>
public sealed class HostileBrokerTests
{
    private static readonly byte[] ConnectionAccepted = [0x20, 0x02, 0x00, 0x00];

    // For the first subscription, of three filters.
    private static readonly byte[] Subscribed = [0x90, 0x05, 0x00, 0x01, 0x00, 0x00, 0x00];

    [Fact(Timeout = 30_000)]
    public async Task A_packet_that_claims_256_MiB_ends_the_connection_without_the_memory()
    {
        await using var broker = new HostileBroker();
        await using Rig rig = await broker.RigAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");
        rig.Launch();
        await using Stream stream = await broker.AcceptAsync(rig.Over);
        await rig.UntilAsync(HubConnectionState.Connected);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await stream.WriteAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F }, rig.Over);
        await rig.UntilAsync(HubConnectionState.BackingOff);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 100_000_000);
        Assert.Equal(1, Rig.Sum(disconnects, "reason", "protocol"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0000", "a packet type that does not exist")]
    [InlineData("F000", "another one")]
    [InlineData("C000", "PINGREQ from a server")]
    [InlineData("3000", "PUBLISH without anything")]
    [InlineData("30020005", "PUBLISH with a topic that is cut off")]
    [InlineData("3204000141FF", "PUBLISH of QoS 1 without the whole identifier")]
    [InlineData("36050001410001", "PUBLISH of QoS 3")]
    [InlineData("20020000", "a second CONNACK")]
    [InlineData("4000", "PUBACK without identifier")]
    [InlineData("9000", "SUBACK without anything")]
    [InlineData("E000", "DISCONNECT from a server")]
    public async Task A_malformed_packet_ends_the_connection_and_the_next_one_works(string packet, string because)
    {
        await using var broker = new HostileBroker();
        await using Rig rig = await broker.RigAsync(TestContext.Current.CancellationToken);
        rig.Launch();
        await using Stream stream = await broker.AcceptAsync(rig.Over);
        await rig.UntilAsync(HubConnectionState.Connected);

        await stream.WriteAsync(Convert.FromHexString(packet), rig.Over);
        await rig.UntilAsync(HubConnectionState.BackingOff);
        rig.Time.Advance(TimeSpan.FromSeconds(300));
        await using Stream next = await broker.AcceptAsync(rig.Over);
        await rig.UntilAsync(HubConnectionState.Connected);
        Assert.NotEmpty(because);
    }

    [Fact(Timeout = 30_000)]
    public async Task Random_bytes_never_end_the_run()
    {
        await using var broker = new HostileBroker();
        await using Rig rig = await broker.RigAsync(TestContext.Current.CancellationToken);
        rig.Launch();
        for (int round = 0; round < 30; round++)
        {
            await using Stream stream = await broker.AcceptAsync(rig.Over);
            await rig.UntilAsync(HubConnectionState.Connected);
            try
            {
                await stream.WriteAsync(RandomNumberGenerator.GetBytes(200), rig.Over);
            }
            catch (IOException)
            {
                // Closed already.
            }

            await stream.DisposeAsync();
            await rig.UntilAsync(HubConnectionState.BackingOff);
            rig.Time.Advance(TimeSpan.FromSeconds(300));
        }

        await using Stream last = await broker.AcceptAsync(rig.Over);
        await rig.UntilAsync(HubConnectionState.Connected);
    }

    /// <summary>TLS and a welcome; the rest is up to the test.</summary>
    private sealed class HostileBroker : IAsyncDisposable
    {
        private readonly TestAuthority _authority = new(TimeProvider.System.GetUtcNow());
        private readonly IPAddress _address = LoopbackAddress.Next();
        private readonly TcpListener _listener;
        private readonly X509Certificate2 _certificate;

        public HostileBroker()
        {
            _certificate = _authority.IssueServer(_address.ToString());
            _listener = new TcpListener(_address, 8883);
            _listener.Start();
        }

        public Task<Rig> RigAsync(CancellationToken over) =>
            Rig.CreateAsync(over, new RigOptions { Host = _address.ToString(), TrustBundle = _authority.TrustBundle });

        public async Task<Stream> AcceptAsync(CancellationToken over)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(over);
            var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(_certificate);
            byte[] buffer = new byte[4096];
            _ = await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: true, over);
            await stream.WriteAsync(ConnectionAccepted, over);
            _ = await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: true, over);
            await stream.WriteAsync(Subscribed, over);
            return stream;
        }

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            _certificate.Dispose();
            _authority.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
