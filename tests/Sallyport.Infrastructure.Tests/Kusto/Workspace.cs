namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>What queries may ask: tables with their columns and types, and functions.</summary>
internal static class Workspace
{
    // Tables of Azure itself, as far as the queries use them.
    private static readonly (string Name, string Columns)[] PlatformTables =
    [
        ("AzureActivity", "TimeGenerated:datetime,OperationNameValue,ActivityStatusValue,ResourceProviderValue,Caller,CallerIpAddress,_ResourceId"),
        (
            "AzureDiagnostics",
            "TimeGenerated:datetime,ResourceProvider,Category,OperationName,ResultType,ResultDescription,Level,CallerIPAddress,properties_s,_ResourceId"),
    ];

    /// <summary>Our own tables, as the templates declare them, and those of Azure.</summary>
    public static async Task<Dictionary<string, Dictionary<string, string>>> TablesAsync()
    {
        Dictionary<string, Dictionary<string, string>> tables = await Queries.TablesAsync();
        foreach (Dictionary<string, string> columns in tables.Values)
        {
            columns.Add("_ResourceId", "string");
        }

        foreach ((string name, string columns) in PlatformTables)
        {
            tables[name] = columns.Split(',').Select(static one => one.Split(':')).ToDictionary(
                static parts => parts[0], static parts => parts.Length > 1 ? parts[1] : "string", StringComparer.Ordinal);
        }

        return tables;
    }

    /// <summary>The functions that the templates declare.</summary>
    public static async Task<IEnumerable<KeyValuePair<string, string>>> FunctionsAsync() =>
        (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.OperationalInsights/workspaces/savedSearches")
            .Select(static one => KeyValuePair.Create(one.Text("functionAlias"), one.Text("query")));
}
