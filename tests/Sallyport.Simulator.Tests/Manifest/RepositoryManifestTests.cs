using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Simulator.Check;
using Sallyport.Manifest;
using Sallyport.Simulator.Plant;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Manifest;

/// <summary>The manifests at the root of the repository: would the Azure side take them, are modules confined, and does the plant fit?</summary>
public sealed partial class RepositoryManifestTests
{
    private const string Production = "deployment.template.json";
    private const string Debug = "deployment.debug.template.json";

    // Microsoft's: it has neither a volume nor a Dockerfile here.
    private const string Collector = "MetricsCollector";

    // A request for another connection must not come late, when the connection is good again. What Watchdog is told it also reads from metrics, and while it does
    // not run edgeHub is not to fill the disk for it.
    private static readonly string[] MayExpire = ["watchdogControlToBuffer", "readerStatusToWatchdog", "etherNetIpStatusToWatchdog", "certificateEventsToWatchdog", "metricsToCloud"];

    public static TheoryData<string> Manifests => [Production, Debug];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void It_is_read_without_a_fault_and_within_all_limits(string file)
    {
        var manifest = Read(file);
        Assert.Equal(["SecureBuffer", "ModbusReader", "EtherNetIpReader", "CertificateManager", "Watchdog", Collector], manifest.Modules.Select(module => module.Name));
        Assert.Equal(
            [
                ("ModbusReader", "SecureBuffer"), ("EtherNetIpReader", "SecureBuffer"), ("CertificateManager", "SecureBuffer"), ("Watchdog", "SecureBuffer"), ("Watchdog", "SecureBuffer"),
                ("ModbusReader", "Watchdog"), ("EtherNetIpReader", "Watchdog"), ("CertificateManager", "Watchdog"),
            ],
            RouteEndpoints.Feeds(manifest.EdgeHub, [.. manifest.Modules.Select(module => module.Name)]));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void It_says_which_form_of_template_it_is_and_which_schemas_it_uses(string file)
    {
        var root = Json(file);
        Assert.Equal("4.0.0", root["$schema-template"]!.GetValue<string>());
        Assert.Equal("1.1", Desired(root, "$edgeAgent")["schemaVersion"]!.GetValue<string>());
        Assert.Equal("1.2", Desired(root, "$edgeHub")["schemaVersion"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_image_of_ours_has_a_module_json_with_its_platform_and_Dockerfile(string file)
    {
        Assert.All(Read(file).Modules.Where(module => module.Name is not Collector), module =>
        {
            var built = Assert.IsType<ModuleImage.Built>(module.Image);
            var folder = RepositoryRoot.Combine("modules", built.Folder);
            var platforms = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "module.json")))!["image"]!["tag"]!["platforms"]!.AsObject();
            string[] wanted = built.Platform is null ? ["amd64", "arm64v8"] : [$"amd64.{built.Platform}"];
            Assert.All(wanted, platform => Assert.True(File.Exists(Path.Combine(folder, platforms[platform]!.GetValue<string>())), platform));
        });
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_placeholder_is_in_the_template_of_the_environment_file(string file)
    {
        var known = File.ReadAllLines(RepositoryRoot.Combine(".env.template"))
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(line => line.Split('=')[0])
            .ToArray();
        Assert.All(
            Placeholder().Matches(Text(file)).Select(match => match.Groups["name"].Value).Where(name => !name.StartsWith("MODULES.", StringComparison.Ordinal)),
            name => Assert.Contains(name, known));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void No_port_is_published_but_the_status_page_to_the_host_itself_and_no_container_is_privileged(string file)
    {
        var text = Text(file);
        Assert.All(["ExposedPorts", "Privileged", "NetworkMode", "docker.sock"], word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        var published = Desired(Json(file), "$edgeAgent")["modules"]!.AsObject()
            .Where(module => module.Value!["settings"]!["createOptions"]!["HostConfig"]!["PortBindings"] is not null);
        var (name, watchdog) = Assert.Single(published);
        Assert.Equal("Watchdog", name);
        Assert.Equal(
            """{"8880/tcp":[{"HostIp":"127.0.0.1","HostPort":"8880"}]}""",
            watchdog!["settings"]!["createOptions"]!["HostConfig"]!["PortBindings"]!.ToJsonString());
        Assert.Single(text.Split("PortBindings").Skip(1));
    }

    [Fact]
    public void In_production_each_module_is_confined_and_its_log_rotates()
    {
        var modules = Desired(Json(Production), "$edgeAgent")["modules"]!.AsObject();
        Assert.All(modules, module =>
        {
            var host = module.Value!["settings"]!["createOptions"]!["HostConfig"]!;
            Assert.True(host["ReadonlyRootfs"]!.GetValue<bool>());
            Assert.Equal("""["ALL"]""", host["CapDrop"]!.ToJsonString());
            Assert.Null(host["CapAdd"]);
            Assert.Equal("""["no-new-privileges:true"]""", host["SecurityOpt"]!.ToJsonString());
            Assert.InRange(host["PidsLimit"]!.GetValue<int>(), 1, 256);
            Assert.InRange(host["Memory"]!.GetValue<long>(), 1, 256 * 1024 * 1024);
            Assert.Contains("noexec", host["Tmpfs"]!["/tmp"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(module.Key is Collector ? [] : ["/var/lib/sallyport"], (host["Mounts"]?.AsArray() ?? []).Select(mount => mount!["Target"]!.GetValue<string>()));
            Assert.All(host["Binds"]?.AsArray() ?? [], bind => Assert.EndsWith(":ro", bind!.GetValue<string>(), StringComparison.Ordinal));
            Assert.Equal("always", module.Value["restartPolicy"]!.GetValue<string>());
        });
    }

    // Without a folder nobody keeps lists, and links that demand proof refuse everything.
    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_module_with_links_that_demand_proof_keeps_revocation_lists_on_its_own_volume(string file)
    {
        var modules = Desired(Json(file), "$edgeAgent")["modules"]!.AsObject();
        Assert.All(
            ["SecureBuffer", "ModbusReader"], module => Assert.Equal("/var/lib/sallyport/crl", Environment(modules[module]!, "Sallyport__RevocationFolder")));

        // Where updateTrust puts them.
        Assert.Equal("/var/lib/sallyport/trust/crl", Environment(modules["CertificateManager"]!, "Sallyport__RevocationFolder"));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_log_rotates_and_the_system_modules_use_MQTT_alone(string file)
    {
        var agent = Desired(Json(file), "$edgeAgent");
        var system = agent["systemModules"]!.AsObject();
        Assert.All(
            [.. agent["modules"]!.AsObject(), .. system],
            module =>
            {
                var log = module.Value!["settings"]!["createOptions"]!["HostConfig"]!["LogConfig"]!;
                Assert.Equal("""{"Type":"json-file","Config":{"max-size":"10m","max-file":"3"}}""", log.ToJsonString());
            });
        Assert.All(system, module => Assert.Equal("Mqtt", Environment(module.Value!, "UpstreamProtocol")));

        // edgeHub's metrics, by which SecureBuffer proves its delivery, are served by the same web host as its HTTP head.
        Assert.Equal(("false", "true"), (Environment(system["edgeHub"]!, "AmqpSettings__Enabled"), Environment(system["edgeHub"]!, "HttpSettings__Enabled")));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void No_route_lets_a_message_expire_when_the_clock_jumps(string file)
    {
        // A machine without a clock battery starts in 1970 and jumps to today.
        var sinceEpoch = TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;
        Assert.All(Read(file).EdgeHub.Routes.Routes, route => Assert.True(route.TimeToLive > sinceEpoch || MayExpire.Contains(route.Name, StringComparer.Ordinal), route.Name));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_points_cover_every_table_and_type_and_the_plant_has_them_all(string file)
    {
        var plant = PlantLayout.Create();
        var points = Points(file).ToArray();
        Assert.Equal(["coil", "discreteInput", "holdingRegister", "inputRegister"], points.Select(point => point.Table).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["bool", "float32", "int16", "int32", "uint16", "uint32"], points.Select(point => point.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.All(points, point =>
        {
            var table = Enum.Parse<PlantTable>(point.Table, ignoreCase: true);
            var words = point.Type is "int32" or "uint32" or "float32" ? 2 : 1;
            var answer = plant.Answer(point.UnitId, [(byte)table, (byte)(point.Address >> 8), (byte)point.Address, 0, (byte)words], TimeSpan.FromSeconds(1));
            Assert.Equal((byte)table, answer.Pdu[0]);
        });
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_group_of_each_unit_reads_exactly_one_unique_value(string file)
    {
        var reader = Read(file).Modules.Single(module => module.Name is "ModbusReader").Desired;
        var unique = UniquePoints.Find(reader, PlantLayout.Create().UniquePoints);
        Assert.Equal(
            Points(file).Select(point => $"{point.Source}/{point.Group}").Distinct().Order(StringComparer.Ordinal),
            unique.Select(point => $"{point.Source}/{point.Group}").Order(StringComparer.Ordinal));
        Assert.Equal(PlantLayout.Create().UniquePoints, unique.Select(point => point.At).OfType<PlantPoint.HoldingRegister>().Order(Comparer<PlantPoint.HoldingRegister>.Create((a, b) => (a.UnitId, a.Address).CompareTo((b.UnitId, b.Address)))));
    }

    private static IEnumerable<(string Source, byte UnitId, string Group, string Table, ushort Address, string Type)> Points(string file)
    {
        var desired = Read(file).Modules.Single(module => module.Name is "ModbusReader").Desired;
        return
            from source in desired["points"]!.AsObject()
            from point in source.Value!.AsObject()
            select (
                source.Key,
                desired["units"]![source.Key]!["unitId"]!.GetValue<byte>(),
                point.Value!["group"]!.GetValue<string>(),
                point.Value!["table"]!.GetValue<string>(),
                point.Value!["address"]!.GetValue<ushort>(),
                point.Value!["type"]!.GetValue<string>());
    }

    private static string Text(string file) => File.ReadAllText(RepositoryRoot.Combine(file));

    private static JsonNode Json(string file) => JsonNode.Parse(Text(file))!;

    private static JsonNode Desired(JsonNode root, string module) => root["modulesContent"]![module]!["properties.desired"]!;

    private static string? Environment(JsonNode module, string name) => module["env"]?[name]?["value"]?.GetValue<string>();

    private static DeploymentManifest Read(string file) => DeploymentManifest.Parse(Text(file), name => $"value-of-{name}");

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
