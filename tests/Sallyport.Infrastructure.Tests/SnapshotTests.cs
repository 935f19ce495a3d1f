using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The resources that a deployment would make. The snapshots are kept in infra/params, so that a change of the templates shows in them;
/// <c>SALLYPORT_UPDATE_DOCS=1</c> writes them anew.</summary>
public sealed class SnapshotTests
{
    // What has no logs or metrics of its own, or has them with its parent.
    private static readonly string[] WithoutLogs =
    [
        "Microsoft.Authorization/locks",
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Devices/provisioningServices/certificates",
        "Microsoft.EventHub/namespaces/eventhubs",
        "Microsoft.EventHub/namespaces/eventhubs/consumergroups",
        "Microsoft.EventHub/namespaces/networkRuleSets",
        "Microsoft.Insights/actionGroups",
        "Microsoft.Insights/dataCollectionEndpoints",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Insights/metricAlerts",
        "Microsoft.Insights/privateLinkScopes",
        "Microsoft.Insights/privateLinkScopes/scopedResources",
        "Microsoft.Insights/scheduledQueryRules",
        "Microsoft.Insights/workbooks",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Microsoft.Network/natGateways",
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/privateEndpoints",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.OperationalInsights/workspaces/savedSearches",
        "Microsoft.OperationalInsights/workspaces/tables",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies",
        "Microsoft.Storage/storageAccounts/managementPolicies",
    ];

    public static TheoryData<string> Environments => [.. Templates.Environments];

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task A_snapshot_is_what_the_templates_say(string environment)
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync(environment);
        var file = Templates.SnapshotFile(environment);
        if (Templates.IsUpdating && !IsIn(file, snapshot))
        {
            await File.WriteAllTextAsync(file, snapshot.Text + "\n", TestContext.Current.CancellationToken);
        }

        Assert.True(IsIn(file, snapshot), $"{file} is stale: run the tests with SALLYPORT_UPDATE_DOCS=1 and look at the difference.");
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task A_snapshot_shows_everything(string environment) => Assert.Empty((await Templates.SnapshotOfAsync(environment)).Root["diagnostics"]!.AsArray());

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Everything_that_logs_logs_to_the_workspace(string environment)
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync(environment);
        Resource[] settings = [.. snapshot.Of("Microsoft.Insights/diagnosticSettings")];
        Assert.All(settings, static one => Assert.EndsWith("/log-sallyport-" + one.Text("workspaceId").Split('-')[^1], one.Text("workspaceId"), StringComparison.Ordinal));
        string[] silent =
        [
            .. snapshot.Resources
                .Where(static one => !WithoutLogs.Contains(one.Type, StringComparer.Ordinal))
                .Where(one => !settings.Any(setting => setting.Id.StartsWith(one.Id + "/providers/Microsoft.Insights/diagnosticSettings/", StringComparison.Ordinal)))
                .Select(static one => one.Id),
        ];
        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Everything_that_lies_somewhere_says_whose_it_is(string environment) => Assert.All(
        (await Templates.SnapshotOfAsync(environment)).Resources.Where(static one => one.Node["location"] is not null),
        one => Assert.Equal($$"""{"workload":"sallyport","environment":"{{environment}}","managedBy":"bicep"}""", one.Node["tags"]?.ToJsonString()));

    [Fact]
    public async Task What_production_keeps_cannot_be_deleted_by_mistake()
    {
        Snapshot snapshot = await Templates.SnapshotOfAsync("prod");
        Assert.Equal("CanNotDelete", Assert.Single(snapshot.Of("Microsoft.Authorization/locks")).Text("level"));
        Assert.Equal("90", Assert.Single(snapshot.Of("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies")).Text("immutabilityPeriodSinceCreationInDays"));
        Assert.Equal("True", Assert.Single(snapshot.Of("Microsoft.KeyVault/vaults")).Text("enablePurgeProtection"), ignoreCase: true);
    }

    private static bool IsIn(string file, Snapshot snapshot) =>
        File.Exists(file) && JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), snapshot.Root);
}
