using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Who gets in, and how.</summary>
public sealed partial class ExposureTests
{
    [Theory]
    [InlineData("prod")]
    [InlineData("test")]
    public async Task No_service_has_an_open_endpoint(string environment)
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync(environment);
        string[][] switches =
        [
            ["Microsoft.ContainerRegistry/registries", "publicNetworkAccess"],
            ["Microsoft.Devices/IotHubs", "publicNetworkAccess"],
            ["Microsoft.Devices/provisioningServices", "publicNetworkAccess"],
            ["Microsoft.EventHub/namespaces", "publicNetworkAccess"],
            ["Microsoft.EventHub/namespaces/networkRuleSets", "publicNetworkAccess"],
            ["Microsoft.Insights/dataCollectionEndpoints", "networkAcls", "publicNetworkAccess"],
            ["Microsoft.KeyVault/vaults", "publicNetworkAccess"],
            ["Microsoft.OperationalInsights/workspaces", "publicNetworkAccessForIngestion"],
            ["Microsoft.OperationalInsights/workspaces", "publicNetworkAccessForQuery"],
            ["Microsoft.Storage/storageAccounts", "publicNetworkAccess"],
        ];
        Assert.All(switches, one => Assert.Equal("Disabled", Assert.Single(snapshot.Of(one[0])).Text(one.AsSpan(1))));
        Assert.DoesNotContain(snapshot.Resources, static one => OpenAccess.IsMatch(one.Node.ToJsonString()));
        string[] reached =
        [
            .. snapshot.Of("Microsoft.Network/privateEndpoints").Select(static one => one.At("privateLinkServiceConnections")![0]!["properties"]!["groupIds"]![0]!.ToString()),
        ];
        Assert.Equal(["iotHub", "iotDps", "namespace", "blob", "vault", "registry", "azuremonitor"], reached);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task No_key_or_password_lets_anybody_in(string environment)
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync(environment);
        (string Type, string Value, string[] Path)[] demands =
        [
            ("Microsoft.ContainerRegistry/registries", "false", ["adminUserEnabled"]),
            ("Microsoft.ContainerRegistry/registries", "false", ["anonymousPullEnabled"]),
            ("Microsoft.Devices/IotHubs", "true", ["disableLocalAuth"]),
            ("Microsoft.Devices/IotHubs", "true", ["disableDeviceSAS"]),
            ("Microsoft.Devices/provisioningServices", "true", ["disableLocalAuth"]),
            ("Microsoft.EventHub/namespaces", "true", ["disableLocalAuth"]),
            ("Microsoft.KeyVault/vaults", "true", ["enableRbacAuthorization"]),
            ("Microsoft.OperationalInsights/workspaces", "true", ["features", "disableLocalAuth"]),
            ("Microsoft.Storage/storageAccounts", "false", ["allowSharedKeyAccess"]),
            ("Microsoft.Storage/storageAccounts", "false", ["allowBlobPublicAccess"]),
            ("Microsoft.Devices/IotHubs", "1.2", ["minTlsVersion"]),
            ("Microsoft.EventHub/namespaces", "1.2", ["minimumTlsVersion"]),
            ("Microsoft.Storage/storageAccounts", "TLS1_2", ["minimumTlsVersion"]),
            ("Microsoft.Storage/storageAccounts", "true", ["supportsHttpsTrafficOnly"]),
        ];
        Assert.All(demands, one => Assert.Equal(one.Value, Assert.Single(snapshot.Of(one.Type)).Text(one.Path), ignoreCase: true));
        Assert.All(snapshot.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), static one => Assert.Equal("None", one.Text("publicAccess")));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task Modules_can_sign_in_at_the_hub_with_the_tokens_that_edgeHub_makes(string environment) =>
        Assert.Equal("false", Assert.Single((await Templates.SnapshotOfAsync(environment)).Of("Microsoft.Devices/IotHubs")).Text("disableModuleSAS"), ignoreCase: true);

    [Fact]
    public async Task The_simulated_gateway_has_a_TPM_and_no_address_of_its_own()
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync("test");
        Resource machine = Assert.Single(snapshot.Of("Microsoft.Compute/virtualMachines"));
        Assert.Equal("TrustedLaunch", machine.Text("securityProfile", "securityType"));
        Assert.Equal("""{"secureBootEnabled":true,"vTpmEnabled":true}""", machine.At("securityProfile", "uefiSettings")!.ToJsonString());
        Assert.Equal("true", machine.Text("securityProfile", "encryptionAtHost"), ignoreCase: true);
        Assert.Equal("true", machine.Text("osProfile", "linuxConfiguration", "disablePasswordAuthentication"), ignoreCase: true);
        Assert.All(snapshot.Of("Microsoft.Network/networkInterfaces"), static one => Assert.DoesNotContain("publicIPAddress", one.Node.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Nobody_has_a_role_that_is_not_on_this_list()
    {
        string[] given = [.. (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Authorization/roleAssignments").Select(Role).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "alerts: Log Analytics Reader on workspaces (Alert rules read the logs.)",
                "hub: Azure Event Hubs Data Sender on namespaces (IoT Hub hands messages on.)",
                "hub: IoT Hub Data Contributor on IotHubs (The provisioning service registers devices.)",
                "hub: Storage Blob Data Contributor on storageAccounts (IoT Hub archives messages.)",
                "intake: Azure Event Hubs Data Receiver on namespaces (Intake receives messages.)",
                "intake: IoT Hub Twin Contributor on IotHubs (Intake confirms to gateways what was verified.)",
                "intake: Key Vault Crypto User on vaults (Intake unwraps the root keys of sealed batches.)",
                "intake: Monitoring Metrics Publisher on dataCollectionRules (Intake writes events, posture and metrics.)",
                "intake: Storage Blob Data Contributor on storageAccounts (Intake keeps its checkpoints.)",
            ],
            given);
    }

    [Fact]
    public async Task The_guide_lists_these_roles()
    {
        string[] lines = await File.ReadAllLinesAsync(RepositoryRoot.Combine("docs", "operations", "azure.md"), TestContext.Current.CancellationToken);
        Assert.All((await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Authorization/roleAssignments"), given => Assert.Single(lines, line =>
            line.StartsWith($"| {Who(given)} | {RoleName(given)} | ", StringComparison.Ordinal) && line.EndsWith($" | {given.Text("description").TrimEnd('.')} |", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_network_lets_through_what_is_on_this_list()
    {
        string[] rules = [.. (await Templates.SnapshotOfAsync("test")).Of("Microsoft.Network/networkSecurityGroups").SelectMany(Rules)];
        Assert.Equal(
            [
                "gateway 100 Outbound Allow Tcp 10.20.3.0/24 -> AzureIoTHub 8883",
                "gateway 110 Outbound Allow Tcp 10.20.3.0/24 -> 10.20.4.0/24 443,8883",
                "gateway 120 Outbound Allow Tcp 10.20.3.0/24 -> 10.20.1.0/24 502,802,2221,44818",
                "gateway 200 Outbound Allow Tcp 10.20.3.0/24 -> Internet 80,443",
                "gateway 4096 Inbound Deny * * -> * *",
                "gateway 4096 Outbound Deny * * -> * *",
                "endpoints 100 Inbound Allow Tcp VirtualNetwork -> 10.20.4.0/24 443,5671,8883",
                "endpoints 4096 Inbound Deny * * -> * *",
                "endpoints 4096 Outbound Deny * * -> * *",
            ],
            rules);
        IEnumerable<Resource> inProduction = (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Network/networkSecurityGroups");
        Assert.DoesNotContain(inProduction.SelectMany(Rules), static rule => rule.Contains("Internet", StringComparison.Ordinal));
    }

    private static string Role(Resource given)
    {
        var on = given.Id.Split('\'')[1].Split('/')[^2];
        return $"{Who(given)}: {RoleName(given)} on {on} ({given.Text("description")})";
    }

    private static string Who(Resource given) => Identity.Match(given.Text("principalId")).Groups["name"].Value;

    private static string RoleName(Resource given) => RoleIds[given.Text("roleDefinitionId").Split('/')[^1]];

    private static IEnumerable<string> Rules(Resource group) => group.At("securityRules")!.AsArray().Select(rule =>
    {
        JsonNode one = rule!["properties"]!;
        var ports = one["destinationPortRange"]?.ToString() ?? string.Join(',', one["destinationPortRanges"]!.AsArray().Select(static port => port!.ToString()));
        var flow = $"{one["sourceAddressPrefix"]} -> {one["destinationAddressPrefix"]} {ports}";
        return $"{group.Name.Split('-')[^1]} {one["priority"]} {one["direction"]} {one["access"]} {one["protocol"]} {flow}";
    });

    private static Dictionary<string, string> RoleIds { get; } = RoleId.Matches(File.ReadAllText(Path.Combine(Templates.Folder, "modules", "shared.bicep")))
        .ToDictionary(static match => match.Groups["id"].Value, static match => match.Groups["name"].Value, StringComparer.Ordinal);

    [GeneratedRegex("'(?<name>[^']+)': '(?<id>[0-9a-f-]{36})'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleId { get; }

    [GeneratedRegex("/id-sallyport-[a-z]+-(?<name>[a-z]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identity { get; }

    [GeneratedRegex("\"publicNetworkAccess[A-Za-z]*\":\"Enabled\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpenAccess { get; }
}
