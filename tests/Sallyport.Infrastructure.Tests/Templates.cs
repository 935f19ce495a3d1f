using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>What the compiler makes of the folder infra, once for all tests.</summary>
/// <param name="Diagnostics">What it does not like.</param>
/// <param name="Compiled">The template that Azure gets.</param>
/// <param name="Snapshots">The resources that a deployment would make, by environment.</param>
/// <param name="Formatted">Each file as the compiler would write it, by path.</param>
internal sealed record Templates(
    IReadOnlyList<string> Diagnostics, JsonObject Compiled, IReadOnlyDictionary<string, Snapshot> Snapshots, IReadOnlyDictionary<string, string> Formatted)
{
    /// <summary>The environments.</summary>
    public static readonly string[] Environments = ["dev", "test", "prod"];

    /// <summary>Set to 1, the tests write what they compare with.</summary>
    public static readonly bool IsUpdating = string.Equals(Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_DOCS"), "1", StringComparison.Ordinal);

    /// <summary>The folder.</summary>
    public static string Folder { get; } = RepositoryRoot.Combine("infra");

    /// <summary>Each file that the compiler reads.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Folder, "*.bicepparam", SearchOption.AllDirectories));

    /// <summary>Compiles, at the first call.</summary>
    public static Task<Templates> ReadAsync() => Once.Made;

    /// <summary>What a deployment to this environment would make.</summary>
    public static async Task<Snapshot> SnapshotOfAsync(string environment) => (await ReadAsync()).Snapshots[environment];

    /// <summary>Where the snapshot of an environment is kept.</summary>
    public static string SnapshotFile(string environment) => Path.Combine(Folder, "params", $"{environment}.snapshot.json");

    private static async Task<Templates> MakeAsync()
    {
        using var bicep = BicepServer.Start();
        JsonObject main = await bicep.CallAsync("bicep/compile", new JsonObject { ["path"] = Path.Combine(Folder, "main.bicep") });
        string[] diagnostics = [.. main["diagnostics"]!.AsArray().Select(one => $"{one!["source"]} {one["range"]!["start"]!["line"]} {one["code"]} {one["message"]}")];
        JsonObject compiled = main["contents"] is { } contents ? JsonNode.Parse(contents.GetValue<string>())!.AsObject() : [];
        var snapshots = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        foreach (var environment in diagnostics.Length == 0 ? Environments : [])
        {
            JsonObject answer = await bicep.CallAsync("bicep/getSnapshot", Question(environment));
            snapshots.Add(environment, new Snapshot(answer["snapshot"]!.GetValue<string>()));
        }

        var formatted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            formatted.Add(file, (await bicep.CallAsync("bicep/format", new JsonObject { ["path"] = file }))["contents"]!.GetValue<string>());
        }

        return new Templates(diagnostics, compiled, snapshots, formatted);
    }

    private static JsonObject Question(string environment) => new()
    {
        ["path"] = Path.Combine(Folder, "params", $"{environment}.bicepparam"),
        ["metadata"] = new JsonObject
        {
            ["tenantId"] = "00000000-0000-0000-0000-000000000002",
            ["subscriptionId"] = "00000000-0000-0000-0000-000000000001",
            ["resourceGroup"] = "rg-sallyport",
            ["location"] = "westeurope",
            ["deploymentName"] = "snapshot",
        },
    };

    // At the first use, not before.
    private static class Once
    {
        public static readonly Task<Templates> Made = MakeAsync();
    }
}
