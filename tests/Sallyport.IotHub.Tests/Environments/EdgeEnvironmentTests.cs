using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Environments;

public sealed class EdgeEnvironmentTests
{
    private const string Key = "c2VjcmV0IGtleSBvZiB0aGlydHktdHdvIGJ5dGVzISE=";

    [Fact]
    public void A_module_reads_what_edge_agent_gives()
    {
        using EdgeEnvironment environment = Read(Daemon());

        Assert.Equal("edge-1", environment.DeviceId);
        Assert.Equal("reader", environment.ModuleId);
        Assert.Equal("hub.azure-devices.net", environment.HubHostName);
        Assert.Equal("gateway.local", environment.GatewayHostName);
        Assert.Equal(8883, environment.Port);
        Assert.Equal("637", environment.GenerationId);
        Assert.False(environment.IsDevelopment);
        Assert.IsType<WorkloadKey>(environment.Key);
        Assert.Same(LinkProfile.EdgeHub, environment.Link);
    }

    [Theory]
    [InlineData("gateway:18883", "gateway", 18883)]
    [InlineData("127.0.0.1", "127.0.0.1", 8883)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[::1]:18883", "::1", 18883)]
    [InlineData("::1", "::1", 8883)]
    [InlineData("[::1]", "::1", 8883)]
    public void A_gateway_may_carry_a_port(string value, string host, int port)
    {
        using EdgeEnvironment environment = Read(Daemon(("IOTEDGE_GATEWAYHOSTNAME", value)));

        Assert.Equal((host, port), (environment.GatewayHostName, environment.Port));
    }

    [Theory]
    [InlineData("IOTEDGE_WORKLOADURI", null)]
    [InlineData("IOTEDGE_WORKLOADURI", "not an address")]
    [InlineData("IOTEDGE_WORKLOADURI", "https://a")]
    [InlineData("IOTEDGE_DEVICEID", null)]
    [InlineData("IOTEDGE_DEVICEID", "a/b")]
    [InlineData("IOTEDGE_DEVICEID", "a+b")]
    [InlineData("IOTEDGE_MODULEID", "")]
    [InlineData("IOTEDGE_MODULEID", "a b")]
    [InlineData("IOTEDGE_MODULEID", "x\nx")]
    [InlineData("IOTEDGE_MODULEGENERATIONID", null)]
    [InlineData("IOTEDGE_IOTHUBHOSTNAME", null)]
    [InlineData("IOTEDGE_IOTHUBHOSTNAME", "a b")]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", null)]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", "gateway:0")]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", "gateway:65536")]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", "gateway:x")]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", "gateway:")]
    [InlineData("IOTEDGE_GATEWAYHOSTNAME", "[::1]x")]
    [InlineData("IOTEDGE_AUTHSCHEME", null)]
    [InlineData("IOTEDGE_AUTHSCHEME", "x509")]
    public void A_wrong_variable_is_named(string variable, string? value)
    {
        EdgeEnvironmentException exception = Assert.Throws<EdgeEnvironmentException>(() => Read(Daemon((variable, value))));

        Assert.Equal(variable, exception.Variable);
        Assert.StartsWith(variable + ": ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_wins_over_what_edge_agent_gives()
    {
        Dictionary<string, string?> variables = Daemon(
            ("EdgeHubConnectionString", $"HostName=hub.test;GatewayHostName=127.0.0.2:18883;DeviceId=dev;ModuleId=mod;SharedAccessKey={Key}"),
            ("EdgeModuleCACertificateFile", "/ca.pem"));

        using EdgeEnvironment environment = Read(variables);

        Assert.Equal(("dev", "mod", "hub.test"), (environment.DeviceId, environment.ModuleId, environment.HubHostName));
        Assert.Equal(("127.0.0.2", 18883), (environment.GatewayHostName, environment.Port));
        Assert.True(environment.IsDevelopment);
        Assert.IsType<SharedAccessKey>(environment.Key);
        Assert.Same(LinkProfile.EdgeHub, environment.Link);
    }

    [Fact]
    public void A_device_goes_straight_to_the_hub()
    {
        using EdgeEnvironment environment = Read(Development($"HostName=hub.test:8884;DeviceId=dev;SharedAccessKey={Key}", "IotHubConnectionString"));

        Assert.Equal(("dev", ""), (environment.DeviceId, environment.ModuleId));
        Assert.Equal(("hub.test", "hub.test", 8884), (environment.HubHostName, environment.GatewayHostName, environment.Port));
        Assert.Same(LinkProfile.IotHub, environment.Link);
    }

    [Theory]
    [InlineData("DeviceId=dev;SharedAccessKey=" + Key, "HostName is missing")]
    [InlineData("HostName=hub;SharedAccessKey=" + Key, "DeviceId is missing")]
    [InlineData("HostName=hub;DeviceId=dev", "SharedAccessKey is missing")]
    [InlineData("HostName=hub;DeviceId=dev;SharedAccessKey=c2VjcmV0", "SharedAccessKey is wrong")]
    [InlineData("HostName=hub;DeviceId=dev;SharedAccessSignature=secret", "SharedAccessSignature is wrong")]
    [InlineData("HostName=hub;DeviceId=a#b;SharedAccessKey=" + Key, "DeviceId is not an id")]
    [InlineData("HostName=hub;DeviceId=dev;ModuleId=a/b;SharedAccessKey=" + Key, "ModuleId is not an id")]
    [InlineData("HostName=hub;GatewayHostName=a b;DeviceId=dev;SharedAccessKey=" + Key, "GatewayHostName is not a host")]
    [InlineData("HostName=hub;HostName=hub;DeviceId=dev;SharedAccessKey=" + Key, "is there twice")]
    [InlineData("secret", "has no name")]
    public void A_wrong_connection_string_is_named_and_not_quoted(string text, string because)
    {
        EdgeEnvironmentException exception = Assert.Throws<EdgeEnvironmentException>(() => Read(Development(text)));

        Assert.Equal("EdgeHubConnectionString", exception.Variable);
        Assert.Contains(because, exception.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("ecret", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2Vj", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_identity_the_message_names_both_ways()
    {
        EdgeEnvironmentException exception = Assert.Throws<EdgeEnvironmentException>(() => Read([]));

        Assert.Contains("IOTEDGE_WORKLOADURI", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EdgeHubConnectionString", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_needs_a_root()
    {
        Dictionary<string, string?> variables = Development($"HostName=hub;DeviceId=dev;SharedAccessKey={Key}");
        variables.Remove("EdgeModuleCACertificateFile");

        Assert.Equal("EdgeModuleCACertificateFile", Assert.Throws<EdgeEnvironmentException>(() => Read(variables)).Variable);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_root_file_is_read_anew_each_time()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        string file = Path.GetTempFileName();
        try
        {
            using EdgeEnvironment environment = Read(Development($"HostName=hub;DeviceId=dev;SharedAccessKey={Key}", file: file));
            EdgeEnvironmentException exception = await Assert.ThrowsAsync<EdgeEnvironmentException>(() => environment.ReadTrustBundleAsync(over));
            Assert.Equal("EdgeModuleCACertificateFile", exception.Variable);
            using var authority = new TestAuthority(TimeProvider.System.GetUtcNow());
            await File.WriteAllTextAsync(file, authority.TrustBundle, over);

            X509Certificate2Collection roots = await environment.ReadTrustBundleAsync(over);

            Assert.Equal(2, roots.Count);
            await File.WriteAllTextAsync(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", over);
            await Assert.ThrowsAsync<EdgeEnvironmentException>(() => environment.ReadTrustBundleAsync(over));
            await File.WriteAllTextAsync(file, new string(' ', 1024 * 1024 + 1), over);
            await Assert.ThrowsAsync<EdgeEnvironmentException>(() => environment.ReadTrustBundleAsync(over));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_root_file_that_is_not_there_is_named()
    {
        using EdgeEnvironment environment = Read(Development($"HostName=hub;DeviceId=dev;SharedAccessKey={Key}", file: "/not/there.pem"));

        EdgeEnvironmentException exception = await Assert.ThrowsAsync<EdgeEnvironmentException>(
            () => environment.ReadTrustBundleAsync(TestContext.Current.CancellationToken));

        Assert.Contains("/not/there.pem", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task With_a_token_there_is_no_key()
    {
        using EdgeEnvironment environment = Read(Development(
            $"HostName=hub;DeviceId=dev;SharedAccessSignature=SharedAccessSignature sr=hub&sig={Uri.EscapeDataString(Key)}&se=1800000000"));

        await Assert.ThrowsAsync<ModuleKeyException>(() => environment.Key.SignAsync(default, TestContext.Current.CancellationToken));
        Assert.Equal(1_800_000_000, environment.ConfiguredToken?.Token.ExpiresAt.ToUnixTimeSeconds());
    }

    private static EdgeEnvironment Read(Dictionary<string, string?> variables) => EdgeEnvironment.Read(variables, TimeProvider.System);

    private static Dictionary<string, string?> Development(string text, string variable = "EdgeHubConnectionString", string file = "/ca.pem") => new()
    {
        [variable] = text,
        ["EdgeModuleCACertificateFile"] = file,
    };

    private static Dictionary<string, string?> Daemon(params (string Name, string? Value)[] changes)
    {
        var variables = new Dictionary<string, string?>
        {
            ["IOTEDGE_WORKLOADURI"] = "unix:///var/run/iotedge/workload.sock",
            ["IOTEDGE_DEVICEID"] = "edge-1",
            ["IOTEDGE_MODULEID"] = "reader",
            ["IOTEDGE_MODULEGENERATIONID"] = "637",
            ["IOTEDGE_IOTHUBHOSTNAME"] = "hub.azure-devices.net",
            ["IOTEDGE_GATEWAYHOSTNAME"] = "gateway.local",
            ["IOTEDGE_AUTHSCHEME"] = "SasToken",
        };
        foreach ((string name, string? value) in changes)
        {
            variables[name] = value;
        }

        return variables;
    }
}
