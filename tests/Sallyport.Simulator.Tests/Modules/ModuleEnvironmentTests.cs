using System.Collections.Immutable;
using System.Net;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Tests.Modules;

public sealed class ModuleEnvironmentTests
{
    private static readonly ModuleVolumes Volumes = new("/state");

    [Fact]
    public void A_module_gets_what_edgeAgent_gives_and_no_more_than_the_machine_must_add()
    {
        var environment = Of(new ModuleAccess.WorkloadSocket("/run/w.sock"), agent: [new("UpstreamProtocol", "Mqtt"), new("Other", "x")]);
        Assert.Equal(
            [
                "HOME=/home/reader", "IOTEDGE_APIVERSION=2022-08-03", "IOTEDGE_AUTHSCHEME=sasToken", "IOTEDGE_DEVICEID=edge-1",
                "IOTEDGE_GATEWAYHOSTNAME=127.1.2.1", "IOTEDGE_IOTHUBHOSTNAME=hub.example", "IOTEDGE_MODULEGENERATIONID=638",
                "IOTEDGE_MODULEID=Reader", "IOTEDGE_WORKLOADURI=unix:///run/w.sock", "PATH=/bin", "Sallyport__ListenAddress=127.1.2.10",
                "UpstreamProtocol=Mqtt",
            ],
            environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_development_module_gets_a_connection_string_and_no_workload_socket()
    {
        var environment = Of(new ModuleAccess.ConnectionString("a2V5", "/state/ca.pem"));
        Assert.Equal(
            "HostName=hub.example;GatewayHostName=127.1.2.1;DeviceId=edge-1;ModuleId=Reader;SharedAccessKey=a2V5",
            environment["EdgeHubConnectionString"]);
        Assert.Equal("/state/ca.pem", environment["EdgeModuleCACertificateFile"]);
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("IOTEDGE_", StringComparison.Ordinal));
    }

    [Fact]
    public void The_manifest_wins_over_create_options_and_identity_over_both()
    {
        var environment = Of(
            new ModuleAccess.WorkloadSocket("/w"),
            manifest: [new("A", "manifest"), new("IOTEDGE_DEVICEID", "forged")],
            options: [new("A", "options"), new("B", "options"), new("PATH", "/opt/bin")]);
        Assert.Equal(
            ("manifest", "options", "/opt/bin", "edge-1"),
            (environment["A"], environment["B"], environment["PATH"], environment["IOTEDGE_DEVICEID"]));
    }

    [Theory]
    [InlineData("/data", "/state/volumes/vol")]
    [InlineData("/data/sub/file", "/state/volumes/vol/sub/file")]
    [InlineData("/data/deep", "/state/volumes/host_deep")]
    [InlineData("/data/deep/x", "/state/volumes/host_deep/x")]
    [InlineData("/database", "/database")]
    [InlineData("data", "data")]
    public void A_value_below_a_mount_becomes_a_path_below_the_state_folder(string value, string expected) =>
        Assert.Equal(
            expected,
            Of(new ModuleAccess.WorkloadSocket("/w"), manifest: [new("FOLDER", value)], mounts: [new("vol", "/data"), new("/host/deep", "/data/deep")])["FOLDER"]);

    [Fact]
    public void A_connection_string_is_not_printed() =>
        Assert.DoesNotContain("a2V5", new ModuleAccess.ConnectionString("a2V5", "/ca").ToString(), StringComparison.Ordinal);

    private static ImmutableDictionary<string, string> Of(
        ModuleAccess access,
        KeyValuePair<string, string>[]? manifest = null,
        KeyValuePair<string, string>[]? options = null,
        KeyValuePair<string, string>[]? agent = null,
        ImmutableArray<ModuleMount>? mounts = null) => ModuleEnvironment.Of(
            new(
                "Reader",
                new ModuleImage.Built("Reader", null),
                "/p",
                0,
                (manifest ?? []).ToImmutableDictionary(),
                new((options ?? []).ToImmutableDictionary(), [], mounts ?? []),
                []),
            new("edge-1", "hub.example", "127.1.2.1", "638", IPAddress.Parse("127.1.2.10"), "/home/reader", access, (agent ?? []).ToImmutableDictionary()),
            Volumes,
            name => name is "PATH" ? "/bin" : null);
}
