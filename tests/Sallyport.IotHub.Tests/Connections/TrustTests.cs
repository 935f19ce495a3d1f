using System.Net;
using System.Net.Sockets;
using Sallyport.Identity;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Brokers that are not the one we mean.</summary>
public sealed class TrustTests
{
    [Fact(Timeout = 30_000)]
    public async Task The_certificate_that_the_edge_daemon_gives_edgehub_is_accepted()
    {
        await using Rig rig = await Rig.ConnectAsync(
            TestContext.Current.CancellationToken,
            new RigOptions { Certificate = (authority, address) => authority.IssueEdgeHub("gateway", "edgeHub", address) });

        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_certificate_for_another_name_is_refused()
    {
        await using Rig rig = await Rig.CreateAsync(
            TestContext.Current.CancellationToken,
            new RigOptions { Certificate = (authority, _) => authority.IssueServer("another-gateway", "127.255.255.254") });

        await RefusesAsync(rig, CertificateFault.WrongName);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_certificate_from_another_root_is_refused()
    {
        using var stranger = new TestAuthority(TimeProvider.System.GetUtcNow());
        await using Rig rig = await Rig.CreateAsync(
            TestContext.Current.CancellationToken, new RigOptions { TrustBundle = stranger.TrustBundle });

        rig.Launch();
        await rig.UntilAsync(HubConnectionState.BackingOff);

        Assert.Equal(HubIncidentKind.CertificateRefused, Assert.Single(rig.Incidents).Kind);
        Assert.False(rig.Broker.Connects.TryRead(out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_expired_certificate_is_refused()
    {
        await using Rig rig = await Rig.CreateAsync(
            TestContext.Current.CancellationToken,
            new RigOptions { Certificate = (authority, address) => authority.IssueExpiredServer(address) });

        await RefusesAsync(rig, CertificateFault.Expired);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refusal_is_reported_once_and_again_when_its_reason_is_another()
    {
        await using Rig rig = await Rig.CreateAsync(
            TestContext.Current.CancellationToken,
            new RigOptions { Certificate = (authority, address) => authority.IssueExpiredServer(address) });
        rig.Launch();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await rig.UntilAsync(() => rig.Logs.GetSnapshot().Count(record => record.Id.Id == 3001) == attempt + 1);
            await rig.UntilAsync(HubConnectionState.BackingOff);
            rig.Time.Advance(TimeSpan.FromSeconds(150));
        }

        Assert.Single(rig.Incidents);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_trust_bundle_that_cannot_be_read_is_tried_again()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken, new RigOptions { TrustBundle = "nothing" });

        rig.Launch();
        await rig.UntilAsync(HubConnectionState.BackingOff);

        Assert.Contains(rig.Logs.GetSnapshot(), record => record.Message.Contains("EdgeModuleCACertificateFile", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broker_without_tls_gets_nothing_readable()
    {
        IPAddress address = LoopbackAddress.Next();
        using var plain = new TcpListener(address, 8883);
        plain.Start();
        await using Rig other = await Rig.CreateAsync(TestContext.Current.CancellationToken, new RigOptions { Host = address.ToString() });

        other.Launch();
        using TcpClient client = await plain.AcceptTcpClientAsync(other.Over);
        byte[] hello = new byte[3];
        await client.GetStream().ReadExactlyAsync(hello, other.Over);
        await client.GetStream().WriteAsync(new byte[] { 0x20, 0x02, 0x00, 0x00, 0xD0, 0x00, 0xD0, 0x00 }, other.Over);

        // A TLS handshake record; an MQTT CONNECT would begin with 10.
        Assert.Equal(0x16, hello[0]);
        await other.UntilAsync(HubConnectionState.BackingOff);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_ends_when_a_new_list_has_the_broker_and_is_not_made_again()
    {
        var lists = new LateList();
        await using Rig rig = await Rig.ConnectAsync(
            TestContext.Current.CancellationToken, new RigOptions { Connection = new HubConnectionOptions { Revocation = lists } });
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));

        lists.Revoke();
        await rig.UntilAsync(() => rig.Logs.GetSnapshot().Any(record => record.Message.Contains("Certificate", StringComparison.Ordinal)));
        await rig.UntilAsync(HubConnectionState.BackingOff);
        rig.Time.Advance(TimeSpan.FromSeconds(300));

        await rig.UntilAsync(() => rig.Incidents.Any(incident => incident.Kind == HubIncidentKind.CertificateRefused));
        Assert.Contains(nameof(CertificateFault.Revoked), rig.Incidents.Single(incident => incident.Kind == HubIncidentKind.CertificateRefused).Detail, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(Rig rig, CertificateFault fault)
    {
        rig.Launch();
        await rig.UntilAsync(HubConnectionState.BackingOff);

        HubIncident incident = Assert.Single(rig.Incidents);
        Assert.Equal(HubIncidentKind.CertificateRefused, incident.Kind);
        Assert.Contains(fault.ToString(), incident.Detail, StringComparison.Ordinal);
        Assert.False(rig.Broker.Connects.TryRead(out _));
    }
}
