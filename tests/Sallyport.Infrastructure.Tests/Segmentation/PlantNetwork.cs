using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Firewall.Rules;
using Sallyport.Ctl.Firewall.Verification;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>The plant of docs/formats/site.example.json in network namespaces: four levels, a zone firewall, a gateway with containers, and a cloud.</summary>
internal sealed partial class PlantNetwork : IAsyncDisposable
{
    private const string Prefix = "sallyport";
    private const string Switches = "switches";
    private const int DnsPort = 53;

    private static readonly int[] Ports = [22, DnsPort, 80, 443, 502, 802, 4840, 8883, 44_818];
    private static readonly string[] Names =
        [Switches, "plc", "conduit", "gateway", "level2", "level3", "cloud", "edgeHub", "modbus", "ethernetip", "certificates", "stranger"];

    private static readonly IPEndPoint NameServer = new(IPAddress.Parse("10.20.3.53"), DnsPort);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _plants;

    private readonly string _id = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _plants)}";
    private readonly List<EchoServer> _servers = [];
    private int _cables;

    private PlantNetwork()
    {
    }

    public static async Task<PlantNetwork> StartAsync()
    {
        Peer.RequireRoot("network namespaces");
        _ = Peer.Require("ip");
        _ = Peer.Require("nft");
        await SweepAsync();
        var plant = new PlantNetwork();
        try
        {
            await Command.RunAsync("sh", "-ec", plant.Script());
            foreach (string name in (string[])["plc", "gateway", "level2", "level3", "cloud", "edgeHub"])
            {
                plant._servers.Add(await EchoServer.StartAsync(plant.Namespace(name), Ports, name is "level3" ? [NameServer] : []));
            }
        }
        catch
        {
            await plant.DisposeAsync();
            throw;
        }

        return plant;
    }

    /// <summary>The full name of a namespace.</summary>
    public string Namespace(string name) => $"{_id}-{name}";

    /// <summary>Runs nft there.</summary>
    public Task<string> NftAsync(string name, params string[] arguments) => Command.RunAsync("ip", ["netns", "exec", Namespace(name), "nft", .. arguments]);

    /// <summary>Gives a box another address beside its own.</summary>
    public Task AddAddressAsync(string name, string device, string address) => Command.RunAsync("ip", "-n", Namespace(name), "address", "add", address, "dev", device);

    /// <summary>Packets that a counter of a box has counted.</summary>
    public async Task<long> CountAsync(string name, string counter) => (await CountsAsync(name)).Counters[counter].Packets;

    /// <summary>Waits until a counter has counted.</summary>
    public async Task CountedAsync(string name, string counter)
    {
        using CancellationTokenSource limit = Limit();
        while (await CountAsync(name, counter) == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until somebody was refused.</summary>
    public async Task RefusedAsync(Probe probe)
    {
        using CancellationTokenSource limit = Limit();
        while (!await IsRefusedAsync(probe))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A socket of a namespace, bound to the source of a probe.</summary>
    public async Task<Socket> SocketAsync(Probe probe)
    {
        Socket socket = await NetworkNamespace.MakeAsync(
            Namespace(probe.From),
            () => new Socket(AddressFamily.InterNetwork, probe.Type, probe.Type is SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp));
        socket.Bind(new IPEndPoint(IPAddress.Parse(probe.Source), 0));
        return socket;
    }

    /// <summary>Whether somebody reaches somebody; if not, a firewall must have said so.</summary>
    public async Task<bool> ReachesAsync(Probe probe)
    {
        using CancellationTokenSource limit = Limit();
        Task attempt = AttemptAsync(probe, limit.Token);
        while (!attempt.IsCompleted)
        {
            if (await IsRefusedAsync(probe))
            {
                await limit.CancelAsync();
                await Task.WhenAny(attempt);
                return false;
            }
        }

        if (attempt.IsCompletedSuccessfully)
        {
            return true;
        }

        Assert.True(await IsRefusedAsync(probe), $"{probe} failed, and no firewall refused it: {attempt.Exception?.InnerException?.Message}");
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EchoServer server in _servers)
        {
            await server.DisposeAsync();
        }

        foreach (string name in Names.Where(name => File.Exists($"/run/netns/{Namespace(name)}")))
        {
            await Command.RunAsync("ip", "netns", "delete", Namespace(name));
        }
    }

    private static CancellationTokenSource Limit() => new(Patience, TimeProvider.System);

    private async Task AttemptAsync(Probe probe, CancellationToken stop)
    {
        using Socket socket = await SocketAsync(probe);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(probe.To), probe.Port), stop);
        if (probe.Type is SocketType.Dgram)
        {
            var buffer = new byte[1];
            _ = await socket.SendAsync(buffer, stop);
            _ = await socket.ReceiveAsync(buffer, stop);
        }
    }

    /// <summary>Namespaces of test runs that were killed.</summary>
    private static async Task SweepAsync()
    {
        foreach (string name in Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns").Select(path => Path.GetFileName(path)) : [])
        {
            if (OurName.Match(name) is { Success: true } ours && !Directory.Exists($"/proc/{ours.Groups["process"].Value}"))
            {
                await Command.RunAsync("sh", "-c", $"ip netns delete {name} || test ! -e /run/netns/{name}");
            }
        }
    }

    private async Task<bool> IsRefusedAsync(Probe probe)
    {
        string protocol = probe.Type is SocketType.Stream ? "tcp" : "udp";
        var refused = new DeniedFlow(probe.Source, probe.SeenAs ?? probe.To, protocol, probe.Port);
        return (await CountsAsync("gateway")).Denied.Contains(refused) || (await CountsAsync("conduit")).Denied.Contains(refused);
    }

    private async Task<TableCounts> CountsAsync(string name) => TableCounts.Read(await NftAsync(name, "-j", "list", "ruleset"), RuleSet.DeniedSet);

    private string Script()
    {
        var script = new StringBuilder();
        foreach (string name in Names)
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"ip netns add {Namespace(name)}; ip -n {Namespace(name)} link set lo up");
        }

        foreach (string bridge in (ReadOnlySpan<string>)["level01", "level2", "level3", "outside"])
        {
            Bridge(script, Switches, bridge);
        }

        Plug(script, "plc", "eth0", "level01", "10.20.1.10/24", "10.20.1.11/24", "10.20.1.20/24", "10.20.0.21/24");
        Plug(script, "conduit", "field", "level01", "10.20.1.1/24", "10.20.0.1/24");
        Plug(script, "conduit", "middle", "level2", "10.20.2.1/24");
        Plug(script, "conduit", "plant", "level3", "10.20.3.1/24");
        Plug(script, "conduit", "outside", "outside", "10.30.0.1/24");
        Plug(script, "gateway", "field0", "level2", "10.20.2.10/24");
        Plug(script, "gateway", "plant0", "level3", "10.20.3.10/24");
        Plug(script, "level2", "eth0", "level2", "10.20.2.60/24", "10.20.2.66/24");
        Plug(script, "level3", "eth0", "level3", [.. ((int[])[20, 21, 50, 53, 54, 60]).Select(last => $"10.20.3.{last}/24")]);
        Plug(script, "cloud", "eth0", "outside", [.. ((int[])[4, 5, 6, 7]).Select(last => $"10.30.0.{last}/24")]);
        Bridge(script, "gateway", "azure-iot-edge");
        script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {Namespace("gateway")} address add 172.30.0.1/24 dev azure-iot-edge");
        foreach (var (name, last) in (ReadOnlySpan<(string, int)>)[("edgeHub", 3), ("modbus", 5), ("ethernetip", 6), ("certificates", 7), ("stranger", 200)])
        {
            Plug(script, name, "eth0", "azure-iot-edge", $"172.30.0.{last}/24");
            Route(script, name, "default", "172.30.0.1");
        }

        Route(script, "plc", "default", "10.20.1.1");
        Route(script, "level2", "default", "10.20.2.1");
        Route(script, "level3", "default", "10.20.3.1");
        Route(script, "cloud", "default", "10.30.0.1");
        Route(script, "gateway", "default", "10.20.3.1");
        Route(script, "gateway", "10.20.0.0/23", "10.20.2.1");
        foreach (string router in (ReadOnlySpan<string>)["gateway", "conduit"])
        {
            // The kernel's own look at senders would hide whether the rules see them.
            script.AppendLine(CultureInfo.InvariantCulture, $"ip netns exec {Namespace(router)} sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0");
        }

        string engine = RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "Segmentation", "engine.nft");
        script.AppendLine(CultureInfo.InvariantCulture, $"ip netns exec {Namespace("gateway")} nft -f {engine}");
        return script.ToString();
    }

    private void Bridge(StringBuilder script, string name, string bridge) =>
        script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {Namespace(name)} link add {bridge} type bridge; ip -n {Namespace(name)} link set {bridge} up");

    private void Plug(StringBuilder script, string name, string device, string bridge, params ImmutableArray<string> addresses)
    {
        string side = Namespace(bridge is "azure-iot-edge" ? "gateway" : Switches);
        string cable = string.Create(CultureInfo.InvariantCulture, $"cable{++_cables}");
        script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {side} link add {cable} type veth peer name {device} netns {Namespace(name)}");
        script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {side} link set {cable} master {bridge} up; ip -n {Namespace(name)} link set {device} up");
        foreach (string address in addresses)
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {Namespace(name)} address add {address} dev {device}");
        }
    }

    private void Route(StringBuilder script, string name, string network, string router) =>
        script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {Namespace(name)} route add {network} via {router}");

    [GeneratedRegex(@"^sallyport(?<process>[0-9]+)-[0-9]+-", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OurName { get; }
}
