using System.Text.Json.Nodes;
using Sallyport.Ctl;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Manifest;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary><c>sallyportctl firewall generate</c>, as far as files tell.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly FirewallBench _bench = new();

    public static TheoryData<string, string, string> WrongSites => new()
    {
        { "/schema", "\"sallyport.site/2\"", "site.json: /schema: \"sallyport.site/2\" is not one of sallyport.site/1." },
        { "/zone", "1", "site.json: /zone: There is no such key; here are schema, levels, gateway" },
        { "/levels/4", "[\"10.0.0.0/8\"]", "site.json: /levels/4: There is no such key; here are 0, 1, 2, 3." },
        { "/levels/1", "[]", "site.json: /levels/1: At least one address is needed." },
        { "/levels/1", "[\"10.20.1.1/24\"]", "site.json: /levels/1/0: This must be an IPv4 address or network" },
        { "/levels/1", "[\"fd00::/8\"]", "IPv6 is shut altogether." },
        { "/levels/1", "[\"10.1\"]", "site.json: /levels/1/0: This must be an IPv4 address or network" },
        { "/gateway/interfaces/field0/address", "\"10.20.2.10\"", "site.json: /gateway/interfaces/field0/address: This must be an IPv4 address with the length of its network" },
        { "/gateway/interfaces/a\"b", "{\"address\":\"10.9.9.9/24\"}", "The name of an interface has 1 to 15 letters" },
        { "/gateway/interfaces/plant0/reaches", "[]", "do not fit: /gateway/interfaces: No interface leads to 10.30.0.4 (IoT Hub): add its network to \"reaches\"" },
        { "/gateway/moduleNetwork/interface", "\"br*\"", "site.json: /gateway/moduleNetwork/interface: The name of an interface" },
        { "/gateway/moduleNetwork/dynamic", "\"172.31.0.0/25\"", "site.json: /gateway/moduleNetwork/dynamic: The engine's own range must be a part of 172.30.0.0/24." },
        { "/gateway/moduleNetwork/modules/edgeHub", "\"172.30.0.200\"", "site.json: /gateway/moduleNetwork/modules/edgeHub: 172.30.0.200 must be in 172.30.0.0/24, and not in 172.30.0.128/25" },
        { "/gateway/moduleNetwork/modules/edgeHub", "\"172.30.0.5\"", "/gateway/moduleNetwork/modules/ModbusReader: 172.30.0.5 is edgeHub's already" },
        { "/gateway/moduleNetwork/subnet", "\"10.20.0.0/16\"", "must" },
        { "/gateway/hostName", "\"a b\"", "site.json: /gateway/hostName: This must be a host name." },
        { "/broker", "\"hub:0\"", "site.json: /broker: This must be a host, with or without a port" },
        { "/names/plant.azure-devices.net", "[\"10.20.1.4\"]", "do not fit: /levels: 10.20.1.4 (IoT Hub, manifest#/modulesContent/$edgeAgent/" },
        { "/conduit/historian/protocol", "\"icmp\"", "site.json: /conduit/historian/protocol: \"icmp\" is not one of tcp, udp." },
        { "/conduit/historian/port", "0", "site.json: /conduit/historian/port: This must be a whole number from 1 to 65535." },
        { "/nameServers", "[\"10.20.3.0/24\"]", "site.json: /nameServers/0: This must be an IPv4 address" },
        { "/levels/1", "[\"10.99.0.0/16\"]", "do not fit: /levels: 10.20.1.10 (Modbus device plant, manifest#/modulesContent/ModbusReader/properties.desired/connections/plant/endpoint) is in none of the levels 0 to 2" },
    };

    public static TheoryData<string, string> MissingInSites => new()
    {
        { "/gateway/moduleNetwork/modules/ModbusReader", "/gateway/moduleNetwork/modules: ModbusReader reaches 10.20.1.10:802 (manifest#/modulesContent/ModbusReader/properties.desired/connections/plant/endpoint) and has no address of its own" },
        { "/names/est.plant.example", "/names: est.plant.example (enrolment server) has no address here: a packet has no name, so add \"est.plant.example\"" },
        { "/names/plant.azurecr.io", "/names: plant.azurecr.io (management) has no address here" },
        { "/broker", "site.json: \"broker\" is missing." },
    };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_worked_example_is_as_documented()
    {
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync("--explain"));
        FirewallGolden.Match("explain.txt", _bench.Output);
        foreach (string name in (string[])["gateway.nft", "conduit.nft", "plan.json", "module-addresses.json"])
        {
            FirewallGolden.Match(name, _bench.Text(name));
        }
    }

    [Fact]
    public async Task Json_on_standard_output_is_the_plan()
    {
        await _bench.GenerateAsync("--json");
        Assert.Equal(_bench.Text("plan.json").TrimEnd(), _bench.Output.TrimEnd());
    }

    [Fact]
    public async Task Nft_takes_both_files()
    {
        Peer.RequireRoot("nft");
        string nft = Peer.Require("nft");
        await _bench.GenerateAsync();
        foreach (string name in (string[])["gateway.nft", "conduit.nft"])
        {
            await Command.RunAsync("unshare", "--net", nft, "--check", "--file", _bench.PathOf(name));
        }
    }

    [Theory]
    [MemberData(nameof(WrongSites))]
    public async Task What_is_wrong_in_the_site_file_is_refused_with_its_place(string pointer, string value, string reason)
    {
        string[] steps = pointer.Split('/')[1..];
        steps[..^1].Aggregate(_bench.Site, (node, step) => node[step]!)[steps[^1]] = JsonNode.Parse(value);
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains(reason, _bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MissingInSites))]
    public async Task What_is_missing_in_the_site_file_is_asked_for(string pointer, string reason)
    {
        string[] steps = pointer.Split('/')[1..];
        Assert.True(steps[..^1].Aggregate(_bench.Site, (node, step) => node[step]!).AsObject().Remove(steps[^1]));
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains(reason, _bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_that_would_leave_by_amqp_is_refused()
    {
        _bench.Entry("edgeHub")["env"]!.AsObject().Remove("UpstreamProtocol");
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains("/systemModules/edgeHub: Set the variable UpstreamProtocol to Mqtt", _bench.Errors, StringComparison.Ordinal);
        _bench.Entry("edgeHub")["env"]!["UpstreamProtocol"] = new JsonObject { ["value"] = "AmqpWs" };
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains("/systemModules/edgeHub/env/UpstreamProtocol: Set the variable UpstreamProtocol to Mqtt", _bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_published_to_everybody_stays_shut_and_is_told()
    {
        _bench.Entry("edgeHub")["settings"]!["createOptions"]!["HostConfig"]!["PortBindings"] = JsonNode.Parse("""{"8883/tcp":[{"HostPort":"8883"}]}""");
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        Assert.Contains("edgeHub publishes port 8883 to everybody, and the firewall keeps it shut", _bench.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\"f_host_to_edgehub", _bench.Text("gateway.nft"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_manifest_and_site_file_agree_on_needs_no_note_and_another_is_refused()
    {
        await _bench.GenerateAsync();
        Assert.Contains("ModbusReader is not given its address 172.30.0.5 yet: build the manifest with --with module-addresses.json", _bench.Errors, StringComparison.Ordinal);
        string fragment = _bench.Text("module-addresses.json");
        Fragment.Merge(new ManifestNode(_bench.Manifest["modulesContent"], "/modulesContent"), Fragment.Read("module-addresses.json", fragment));

        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        Assert.Equal("", _bench.Errors);
        Assert.Equal(fragment, _bench.Text("module-addresses.json"));
        Assert.True(await _bench.ValidateAsync() is ExitCode.Good, _bench.Output);
        _bench.Site["gateway"]!["moduleNetwork"]!["modules"]!["ModbusReader"] = "172.30.0.9";
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains("IPv4Address: The site file gives ModbusReader 172.30.0.9: both must say the same.", _bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_direct_uplink_reaches_the_provisioning_service_and_the_hub()
    {
        _bench.Module("SecureBuffer")["uplink"] = "direct";
        _bench.Module("SecureBuffer")["direct"] = new JsonObject { ["idScope"] = "0ne00000001" };
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        string rules = _bench.Text("gateway.nft");
        Assert.Contains("ip saddr 172.30.0.4 ip daddr 10.30.0.5 tcp dport 8883", rules, StringComparison.Ordinal);
        Assert.Contains("ip saddr 172.30.0.4 ip daddr 10.30.0.4 tcp dport 8883", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serial_line_opens_nothing_and_a_module_on_the_hosts_network_opens_the_host()
    {
        _bench.Module("ModbusReader")["connections"]!["line"] = new JsonObject { ["endpoint"] = "modbus-rtu:///dev/ttyUSB0" };
        _bench.Entry("EtherNetIpReader")["settings"]!["createOptions"]!["HostConfig"]!["NetworkMode"] = "host";
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        Assert.Contains("oifname \"field0\" ip daddr 10.20.1.20 tcp dport 44818 counter name \"f_host_to_10_20_1_20_tcp_44818\" accept", _bench.Text("gateway.nft"), StringComparison.Ordinal);
        Assert.Contains("EtherNetIpReader is in the host's own network: what it may, every process of the host may.", _bench.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ttyUSB0", _bench.Text("plan.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EtherNetIpReader", "controllers", "line-1", "host")]
    [InlineData("ModbusReader", "connections", "plant", "endpoint")]
    public async Task A_placeholder_without_a_value_is_asked_for(string module, string section, string name, string key)
    {
        _bench.Module(module)[section]![name]![key] = "${NOBODY_SAID}";
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains($"/{module}/properties.desired/{section}/{name}/{key}: A placeholder here has no value: give it with --set", _bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_port_without_a_binding_is_judged_as_published_to_everybody()
    {
        _bench.Entry("ModbusReader")["settings"]!["createOptions"]!["HostConfig"]!["PortBindings"] = JsonNode.Parse("""{"502/tcp":[]}""");
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        Assert.Contains("ModbusReader publishes port 502 to everybody, and the firewall keeps it shut", _bench.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Problems, await _bench.ValidateAsync());
        Assert.Contains("502/tcp of ModbusReader is published.", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_does_not_say_whether_it_runs_is_refused()
    {
        _bench.Entry("EtherNetIpReader").Remove("status");
        Assert.Equal(ExitCode.WrongUsage, await _bench.GenerateAsync());
        Assert.Contains("/modules/EtherNetIpReader: \"status\" is missing.", _bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_does_not_run_opens_nothing()
    {
        _bench.Entry("EtherNetIpReader")["status"] = "stopped";
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        Assert.DoesNotContain("44818", _bench.Text("gateway.nft"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_a_manifest_cannot_become_rules()
    {
        JsonObject connections = _bench.Module("ModbusReader")["connections"]!.AsObject();
        connections["x\"\naccept\n#"] = new JsonObject { ["endpoint"] = "modbus-tcp://10.20.1.11" };
        Assert.Equal(ExitCode.Good, await _bench.GenerateAsync());
        string[] rules = [.. _bench.Text("gateway.nft").Split('\n').Select(line => line.Trim())];
        Assert.DoesNotContain("accept", rules);
        Assert.Contains(rules, rule => rule.EndsWith("comment \"ModbusReader to 10.20.1.11: Modbus device x??accept?#\"", StringComparison.Ordinal));
    }
}
