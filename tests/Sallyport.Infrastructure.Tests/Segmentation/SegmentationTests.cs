using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sallyport.Ctl;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Posture.Report;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>The generated rules in a plant of network namespaces, with real packets.</summary>
public sealed class SegmentationTests : IDisposable
{
    private const string Gateway = "gateway";
    private const string Conduit = "conduit";

    private static readonly Probe[] Planned =
    [
        new("modbus", "172.30.0.5", "10.20.1.10", 802),
        new("modbus", "172.30.0.5", "10.20.3.21", 80),
        new("modbus", "172.30.0.5", "10.20.3.53", 53) { Type = SocketType.Dgram },
        new("modbus", "172.30.0.5", "172.30.0.3", 8883),
        new("ethernetip", "172.30.0.6", "10.20.1.20", 44_818),
        new("ethernetip", "172.30.0.6", "10.20.0.21", 44_818),
        new("certificates", "172.30.0.7", "10.20.3.20", 443),
        new("edgeHub", "172.30.0.3", "10.30.0.4", 8883),
        new("stranger", "172.30.0.200", "172.30.0.3", 8883),
        new(Gateway, "10.20.3.10", "10.30.0.6", 443),
        new(Gateway, "10.20.3.10", "10.20.3.53", 53),
        new("level3", "10.20.3.50", "10.20.3.10", 22),
        new("level3", "10.20.3.60", "10.20.2.60", 4840),
    ];

    private static readonly Probe[] Unplanned =
    [
        // A reader reaches its controllers at their ports, and nobody else's.
        new("modbus", "172.30.0.5", "10.20.1.10", 502),
        new("modbus", "172.30.0.5", "10.20.1.11", 802),
        new("modbus", "172.30.0.5", "10.20.1.20", 44_818),
        new("modbus", "172.30.0.5", "10.30.0.4", 8883),
        new("modbus", "172.30.0.5", "10.20.3.20", 443),
        new("ethernetip", "172.30.0.6", "10.20.1.10", 802),
        new("ethernetip", "172.30.0.6", "10.20.3.53", 53),

        // Nobody in the network of the modules reaches HTTPS, but CertificateManager its enrolment server.
        new("edgeHub", "172.30.0.3", "10.30.0.4", 443),
        new("edgeHub", "172.30.0.3", "10.20.1.10", 802),
        new("certificates", "172.30.0.7", "10.30.0.6", 443),
        new("certificates", "172.30.0.7", "10.20.1.10", 802),

        // A container without an address of its own reaches the other modules alone.
        new("stranger", "172.30.0.200", "10.30.0.4", 8883),
        new("stranger", "172.30.0.200", "10.20.1.10", 802),
        new("stranger", "172.30.0.200", "10.20.3.53", 53) { Type = SocketType.Dgram },

        // The host does not do what modules do.
        new(Gateway, "10.20.2.10", "10.20.1.10", 802),
        new(Gateway, "10.20.3.10", "10.30.0.4", 8883),
        new(Gateway, "10.20.3.10", "10.30.0.7", 22),

        // Nothing comes in, by published ports neither, and nothing goes past the gateway.
        new("level3", "10.20.3.50", "10.20.3.10", 443),
        new("level3", "10.20.3.60", "10.20.3.10", 22),
        new("level3", "10.20.3.50", "10.20.3.10", 8883) { SeenAs = "172.30.0.3" },
        new("level3", "10.20.3.50", "10.20.1.10", 802),
        new("level3", "10.20.3.60", "10.20.2.60", 22),
        new("level2", "10.20.2.66", "10.20.1.10", 802),
        new("level2", "10.20.2.66", "10.20.2.10", 22),
        new("level2", "10.20.2.66", "10.20.2.10", 8883) { SeenAs = "172.30.0.3" },
        new("plc", "10.20.1.10", "10.20.2.10", 22),
        new("plc", "10.20.1.10", "10.30.0.4", 443),
        new("cloud", "10.30.0.4", "10.20.3.10", 22),
    ];

    private readonly FirewallBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Everything_is_open_before_the_rules_and_exactly_the_planned_flows_after()
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        foreach (Probe probe in Planned.Concat(Unplanned))
        {
            Assert.True(await plant.ReachesAsync(probe), $"{probe} fails without any rule.");
        }

        await LoadAsync(plant);
        foreach (Probe probe in Planned)
        {
            Assert.True(await plant.ReachesAsync(probe), $"{probe} is planned, and refused.");
        }

        foreach (Probe probe in Unplanned)
        {
            Assert.False(await plant.ReachesAsync(probe), $"{probe} is not planned, and passes.");
        }
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_is_swept_away()
    {
        // No process has this number: the kernel's highest is 4194304.
        const string left = "sallyport4194305-1-plc";
        Peer.RequireRoot("network namespaces");
        await Command.RunAsync(Peer.Require("ip"), "netns", "add", left);
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        Assert.False(File.Exists($"/run/netns/{left}"));
    }

    [Fact]
    public async Task A_locked_gateway_reaches_no_management_endpoint_and_works_on()
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        await LoadAsync(plant, "--locked");
        Assert.False(await plant.ReachesAsync(new(Gateway, "10.20.3.10", "10.30.0.6", 443)));
        Assert.True(await plant.ReachesAsync(new("edgeHub", "172.30.0.3", "10.30.0.4", 8883)));
        Assert.True(await plant.ReachesAsync(new("modbus", "172.30.0.5", "10.20.1.10", 802)));
    }

    [Fact]
    public async Task A_borrowed_sender_is_stopped_before_any_rule()
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        await LoadAsync(plant);

        // Somebody in level 3 calls himself the gateway towards the controller, and a module towards the gateway.
        await plant.AddAddressAsync("level3", "eth0", "10.20.2.10/32");
        await plant.AddAddressAsync("level3", "eth0", "172.30.0.5/32");
        using Socket asGateway = await plant.SocketAsync(new("level3", "10.20.2.10", "10.20.1.10", 802));
        using Socket asModule = await plant.SocketAsync(new("level3", "172.30.0.5", "10.20.3.10", 22));
        using var stop = new CancellationTokenSource();
        Task[] attempts =
        [
            asGateway.ConnectAsync(IPAddress.Parse("10.20.1.10"), 802, stop.Token).AsTask(),
            asModule.ConnectAsync(IPAddress.Parse("10.20.3.10"), 22, stop.Token).AsTask(),
        ];
        await plant.CountedAsync(Conduit, "spoofed");
        await plant.CountedAsync(Gateway, "spoofed");
        Assert.Equal(0, await plant.CountAsync(Conduit, "f_gateway_to_10_20_1_10_tcp_802"));
        await stop.CancelAsync();
        foreach (Task attempt in attempts)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        }
    }

    [Fact]
    public async Task A_session_survives_a_reload_and_ends_when_the_plan_no_longer_has_it()
    {
        var reader = new Probe("modbus", "172.30.0.5", "10.20.1.10", 802);
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        await LoadAsync(plant);
        using Socket session = await plant.SocketAsync(reader);
        await session.ConnectAsync(IPAddress.Parse(reader.To), reader.Port, TestContext.Current.CancellationToken);
        await EchoAsync(session);
        Assert.True(await plant.CountAsync(Gateway, "f_modbusreader_to_10_20_1_10_tcp_802") > 0);

        await LoadAsync(plant);
        Assert.Equal(0, await plant.CountAsync(Gateway, "f_modbusreader_to_10_20_1_10_tcp_802"));
        await EchoAsync(session);
        Assert.True(await plant.CountAsync(Gateway, "f_modbusreader_to_10_20_1_10_tcp_802") > 0);
        Assert.True(await plant.CountAsync(Conduit, "f_gateway_to_10_20_1_10_tcp_802") > 0);

        _bench.Module("ModbusReader")["connections"]!["plant"]!["endpoint"] = "modbus-tls://10.20.1.11";
        await LoadAsync(plant);
        _ = await session.SendAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);
        await plant.RefusedAsync(reader);
    }

    [Fact]
    public async Task Verify_says_same_drifted_or_missing_and_shows_what_was_refused()
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        _bench.Namespace = plant.Namespace(Gateway);
        Assert.Equal(ExitCode.Problems, await _bench.VerifyAsync());
        Assert.StartsWith("sallyport_gateway: missing.", _bench.Output, StringComparison.Ordinal);

        await LoadAsync(plant);
        Assert.False(await plant.ReachesAsync(new("stranger", "172.30.0.200", "10.30.0.4", 8883)));
        Assert.Equal(ExitCode.Good, await _bench.VerifyAsync());
        Assert.StartsWith("sallyport_gateway: same.", _bench.Output, StringComparison.Ordinal);
        Assert.Contains("172.30.0.200  10.30.0.4  tcp/8883", _bench.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Good, await _bench.VerifyAsync("--json"));
        JsonNode told = JsonNode.Parse(_bench.Output)!;
        Assert.Equal("same", (string?)told["verdict"]);
        Assert.Contains("ip engine", told["otherTables"]!.AsArray().Select(table => (string?)table));
        Assert.Contains(told["denied"]!.AsArray(), flow => (string?)flow!["source"] is "172.30.0.200" && (int?)flow["port"] is 8883);

        _bench.Namespace = plant.Namespace(Conduit);
        Assert.Equal(ExitCode.Good, await _bench.VerifyAsync("--box", "conduit"));
    }

    [Fact]
    public async Task The_posture_of_a_gateway_with_these_rules_has_a_firewall_that_drops()
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        await LoadAsync(plant);
        Section<FirewallFacts> seen = FirewallGatherer.Read(await plant.NftAsync(Gateway, "-j", "list", "ruleset"));
        FirewallFacts facts = Assert.IsType<FirewallFacts>(seen.Found);
        Assert.Equal(
            ["forward", "input", "output"],
            facts.Chains.Where(chain => chain is { Family: "inet", Table: "sallyport_gateway", Kind: "filter", Policy: "drop" }).Select(chain => chain.Hook).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("insert rule inet sallyport_gateway forward accept", "added    chain forward  accept")]
    [InlineData("add rule inet sallyport_gateway input tcp dport 22 accept", "added    chain input  tcp dport 22 accept")]
    [InlineData("add chain inet sallyport_gateway input { policy accept; }", "added    chain input  type filter hook input priority filter - 10; policy accept;")]
    [InlineData("flush chain inet sallyport_gateway spoofing", "missing  chain spoofing  iif != \"lo\" fib saddr . iif oif missing counter name \"spoofed\" drop")]
    [InlineData("add chain inet sallyport_gateway more { type filter hook forward priority -200; accept; }", "added    chain more  type filter hook forward priority -200; policy accept;")]
    [InlineData("add table inet sallyport_gateway { flags dormant; }", "added    table  flags dormant")]
    public async Task Verify_names_what_was_changed_by_hand(string change, string told)
    {
        await using PlantNetwork plant = await PlantNetwork.StartAsync();
        await LoadAsync(plant);
        _bench.Namespace = plant.Namespace(Gateway);
        await plant.NftAsync(Gateway, change);
        Assert.Equal(ExitCode.Problems, await _bench.VerifyAsync());
        Assert.StartsWith("sallyport_gateway: drifted.", _bench.Output, StringComparison.Ordinal);
        Assert.Contains(Squeezed(told), Squeezed(_bench.Output), StringComparison.Ordinal);
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static async Task EchoAsync(Socket session)
    {
        var buffer = new byte[4];
        _ = await session.SendAsync("ping"u8.ToArray(), TestContext.Current.CancellationToken);
        for (int read = 0; read < buffer.Length;)
        {
            int more = await session.ReceiveAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken);
            Assert.NotEqual(0, more);
            read += more;
        }
    }

    private async Task LoadAsync(PlantNetwork plant, params string[] options)
    {
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync(options));
        foreach (string box in (string[])[Gateway, Conduit])
        {
            await plant.NftAsync(box, "-f", _bench.PathOf($"{box}.nft"));
        }
    }
}
